async fn load(path: &str) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}
