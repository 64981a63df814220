use reqwest::blocking::Client;

async fn gets() {
    let _ = reqwest::blocking::get("http://a"); //~ blocking_http_client
}

async fn builds() {
    let client = Client::new(); //~ blocking_http_client
    let _ = client.get("http://a").send(); //~ blocking_http_client
}

async fn given(client: &Client) {
    let _ = client.post("http://a").body("b").send(); //~ blocking_http_client
}

async fn with_ureq() {
    let _ = ureq::get("http://a").call(); //~ blocking_http_client
    let _ = ureq::post("http://a").send_string("b"); //~ blocking_http_client
    let _ = minreq::get("http://a").send(); //~ blocking_http_client
    let _ = attohttpc::get("http://a").send(); //~ blocking_http_client
}

async fn unknown(api: Api) {
    let _ = api.request().send(); //? blocking_http_client
}

async fn asynchronous(client: &reqwest::Client) {
    let _ = client.get("http://a").send().await;
}

async fn built_only(client: &reqwest::Client) {
    let request = client.get("http://a");
    drop(request);
}

async fn channel(sender: tokio::sync::oneshot::Sender<u32>) {
    let _ = sender.send(5);
}

async fn offloaded() {
    tokio::task::spawn_blocking(|| ureq::get("http://a").call()).await.unwrap();
}

fn synchronous() {
    let _ = ureq::get("http://a").call();
}

async fn own_call(job: Job) {
    job.call();
    job.execute();
}
