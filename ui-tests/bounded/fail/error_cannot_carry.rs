//! The error type has no place for a refusal; through an alias and in a trait's method too.
use steadfast::bounded;

#[derive(Debug)]
enum ImageError {
    Io(std::io::ErrorKind),
    Empty,
}

type Outcome<T> = Result<T, ImageError>;

#[bounded(8, queue = 100)]
async fn thumbnail(path: &str) -> Outcome<Vec<u8>> {
    let bytes = tokio::fs::read(path).await.map_err(|error| ImageError::Io(error.kind()))?;
    if bytes.is_empty() { Err(ImageError::Empty) } else { Ok(bytes) }
}

#[allow(async_fn_in_trait)]
trait Images {
    async fn size(&self, path: &str) -> Result<u64, ImageError>;
}

struct Files;

impl Images for Files {
    #[bounded(8, reject)]
    async fn size(&self, path: &str) -> Result<u64, ImageError> {
        tokio::fs::metadata(path).await.map(|data| data.len()).map_err(|error| ImageError::Io(error.kind()))
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    println!("{:?} {}", thumbnail("a.png").await?, Files.size("a.png").await?);
    Ok(())
}
