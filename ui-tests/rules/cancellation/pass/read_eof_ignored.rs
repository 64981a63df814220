//! Only the type tells that 0 is not the end.

struct Sensor;

impl Sensor {
    async fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Ok(0)
    }
}

#[steadfast::checked(deny(read_eof_ignored))]
async fn own_type(sensor: &mut Sensor) -> std::io::Result<Vec<u8>> {
    let (mut data, mut buffer) = (Vec::new(), [0; 16]);
    while data.len() < 1024 {
        let n = sensor.read(&mut buffer).await?;
        data.extend_from_slice(&buffer[..n]);
    }
    Ok(data)
}

fn main() {}
