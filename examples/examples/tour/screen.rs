//! What is shown while a crawl runs.

use std::convert::Infallible;
use std::io::{self, Write as _};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::{Instant, interval};

use super::look::{Look, Tone};

/// What a crawl is at.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    pub(crate) fetched: usize,
    pub(crate) failed: usize,
    pub(crate) in_flight: usize,
    pub(crate) retries: usize,
}

/// What stays the same while a crawl runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    pub(crate) title: &'static str,
    pub(crate) pages: u32,
    pub(crate) limit: u32,
}

/// Shows `progress` until it is dropped, and leaves nothing that moves behind: bars on a terminal, a line every half
/// second elsewhere.
pub(crate) async fn follow(look: Look, scene: Scene, progress: impl Fn() -> Progress) -> Infallible {
    if look.plain { print_lines(scene, progress).await } else { draw_bars(look, scene, progress).await }
}

async fn print_lines(scene: Scene, progress: impl Fn() -> Progress) -> Infallible {
    let began = Instant::now();
    let mut ticks = interval(Duration::from_millis(500));
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let line = progress_line(scene, began.elapsed(), &progress());
        // Nobody reads on: the report will find out.
        let _ = writeln!(io::stdout(), "{line}");
    }
}

fn progress_line(scene: Scene, elapsed: Duration, progress: &Progress) -> String {
    let Scene { title, pages, .. } = scene;
    let Progress { fetched, failed, in_flight, retries } = progress;
    let seconds = elapsed.as_secs_f64();
    format!(
        "{seconds:>5.1} s  {title}: {fetched}/{pages} pages, {failed} lost, {in_flight} in flight, {retries} retries"
    )
}

async fn draw_bars(look: Look, scene: Scene, progress: impl Fn() -> Progress) -> Infallible {
    let bars = Bars::new(look, scene);
    let mut ticks = interval(Duration::from_millis(50));
    loop {
        ticks.tick().await;
        bars.show(scene, &progress());
    }
}

/// Three bars below a title; dropping them clears them away.
struct Bars {
    all: MultiProgress,
    title: ProgressBar,
    pages: ProgressBar,
    in_flight: ProgressBar,
    retries: ProgressBar,
}

impl Bars {
    fn new(look: Look, scene: Scene) -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::stdout());
        let add = |prefix: &'static str, length: u32, template: &str| {
            let bar = ProgressBar::new(length.into()).with_prefix(prefix).with_style(style(template));
            all.add(bar)
        };
        let title = add("", 0, "  {msg}, {elapsed}");
        title.set_message(look.paint(Tone::Strong, scene.title));
        Self {
            title,
            pages: add("pages", scene.pages, "  {prefix:<9} {wide_bar:.green/dim} {pos:>4}/{len:<4}{msg:12}"),
            in_flight: add("in flight", scene.limit, IN_FLIGHT),
            retries: add(
                "retries",
                scene.pages,
                "  {prefix:<9} {wide_bar:.yellow/dim} {pos:>4}                 ",
            ),
            all,
        }
    }

    fn show(&self, scene: Scene, progress: &Progress) {
        self.title.tick();
        self.pages.set_position(progress.fetched as u64);
        if progress.failed > 0 {
            self.pages.set_message(format!(" {} lost", progress.failed));
        }
        let beyond = progress.in_flight > scene.limit as usize;
        self.in_flight.set_style(style(if beyond { IN_FLIGHT_BEYOND } else { IN_FLIGHT }));
        self.in_flight.set_position(progress.in_flight as u64);
        self.retries.set_position(progress.retries as u64);
    }
}

const IN_FLIGHT: &str = "  {prefix:<9} {wide_bar:.green/dim} {pos:>4}/{len:<16}";
const IN_FLIGHT_BEYOND: &str = "  {prefix:<9} {wide_bar:.red/dim} {pos:>4.red}/{len:<16}";

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a valid template").progress_chars("━━─")
}

impl Drop for Bars {
    fn drop(&mut self) {
        // Fails when standard output is gone, and then nothing is left to clear.
        let _ = self.all.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_it_all() {
        let scene = Scene { title: "with steadfast", pages: 300, limit: 8 };
        let progress = Progress { fetched: 120, failed: 1, in_flight: 8, retries: 23 };
        assert_eq!(
            progress_line(scene, Duration::from_millis(1_500), &progress),
            "  1.5 s  with steadfast: 120/300 pages, 1 lost, 8 in flight, 23 retries"
        );
    }
}
