#![deny(warnings)]
//! What only its type tells from a future that is thrown away.

use std::collections::HashSet;

struct App(HashSet<u32>);

impl App {
    fn save(&mut self, id: u32) -> Result<String, String> {
        self.0.insert(id);
        Ok(id.to_string())
    }

    fn start(&self) -> tokio::task::JoinHandle<()> {
        tokio::spawn(async {})
    }
}

#[steadfast::checked]
async fn values(app: &mut App) -> usize {
    let _ = app.save(1);
    drop(app.save(2));
    let _ = "3".parse::<u32>();
    app.0.len()
}

#[steadfast::checked(allow(detached_fallible_task))]
async fn a_task_runs_by_itself(app: &App) {
    let _ = app.start();
    drop(app.start());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut app = App(HashSet::new());
    assert_eq!(values(&mut app).await, 2);
    a_task_runs_by_itself(&app).await;
}
