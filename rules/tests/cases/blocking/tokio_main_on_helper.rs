use tokio::main as run;

#[tokio::main] //~ tokio_main_on_helper
async fn refresh() {}

#[run] //~ tokio_main_on_helper
async fn renamed() {}

#[tokio::main]
async fn main() {}

#[actix_web::main]
async fn other_runtime() {}

async fn plain() {}

mod before_the_runtime {
    fn main() {
        setup();
        serve();
    }

    #[tokio::main]
    async fn serve() {}
}
