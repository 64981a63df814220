//! Pictures, and a way to make them smaller: run-length encoding, in pairs of a length and a value.

const SIDE: u32 = 256;

/// A picture of circles; another one for each number.
pub(crate) fn paint(number: u32) -> Vec<u8> {
    let radius = 20 + number % 100;
    let inside = |x: u32, y: u32| x.abs_diff(SIDE / 2).pow(2) + y.abs_diff(SIDE / 2).pow(2) < radius.pow(2);
    let pixels = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y)));
    pixels.map(|(x, y)| if inside(x, y) { 255 } else { 0 }).collect()
}

/// Writes each run of equal values as its length and the value.
pub(crate) fn pack(picture: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    for run in picture.chunk_by(|one, next| one == next) {
        for piece in run.chunks(255) {
            packed.extend([u8::try_from(piece.len()).unwrap_or(u8::MAX), piece[0]]);
        }
    }
    packed
}

/// How long the picture is that was packed.
pub(crate) fn unpacked_len(packed: &[u8]) -> usize {
    packed.chunks(2).map(|run| usize::from(run[0])).sum()
}
