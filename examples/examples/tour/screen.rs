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
///
/// The first line is empty. When Ctrl-C is pressed, the terminal prints `^C` where the cursor is, at the very end of the
/// last bar, and goes on in a new line. What is cleared then is one line too low, and this is the line that stays.
struct Bars {
    all: MultiProgress,
    empty: ProgressBar,
    title: ProgressBar,
    pages: ProgressBar,
    in_flight: ProgressBar,
    retries: ProgressBar,
    within: ProgressStyle,
    beyond: ProgressStyle,
}

impl Bars {
    fn new(look: Look, scene: Scene) -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::stdout());
        let add = |prefix: &'static str, length: u32, style: ProgressStyle| {
            all.add(ProgressBar::new(length.into()).with_prefix(prefix).with_style(style))
        };
        let empty = add("", 0, style(" "));
        let title = add("", 0, style("  {msg}, {elapsed}"));
        title.set_message(look.paint(Tone::Strong, scene.title));
        let columns = look.width.saturating_sub(BESIDE_BAR);
        let within =
            style(&format!("  {{prefix:<9}} {{bar:{columns}.green/dim}} {{pos:>4}}/{{len:<4}}{{msg}}"));
        let beyond = style(&format!("  {{prefix:<9}} {{bar:{columns}.red/dim}} {{pos:>4.red}}/{{len}}"));
        let retries = style(&format!("  {{prefix:<9}} {{bar:{columns}.yellow/dim}} {{pos:>4}}"));
        Self {
            empty,
            title,
            pages: add("pages", scene.pages, within.clone()),
            in_flight: add("in flight", scene.limit, within.clone()),
            retries: add("retries", scene.pages, retries),
            within,
            beyond,
            all,
        }
    }

    fn show(&self, scene: Scene, progress: &Progress) {
        self.empty.tick();
        self.title.tick();
        self.pages.set_position(progress.fetched as u64);
        if progress.failed > 0 {
            self.pages.set_message(format!(" {} lost", progress.failed));
        }
        let beyond = progress.in_flight > scene.limit as usize;
        self.in_flight.set_style(if beyond { self.beyond.clone() } else { self.within.clone() });
        self.in_flight.set_position(progress.in_flight as u64);
        self.retries.set_position(progress.retries as u64);
    }
}

/// Columns for what stands left and right of a bar.
const BESIDE_BAR: u32 = 34;

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
