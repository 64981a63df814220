//! What is drawn while the workers work.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar of all jobs; drawn on a terminal only.
pub(crate) struct Bars {
    all: ProgressBar,
}

impl Bars {
    pub(crate) fn new(jobs: u32, plain: bool) -> Self {
        let target = if plain { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} pictures, {per_sec}, {eta} left");
        let all = ProgressBar::with_draw_target(Some(jobs.into()), target);
        Self { all: all.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())) }
    }

    pub(crate) fn done(&self) {
        self.all.inc(1);
    }

    pub(crate) fn finish(&self) {
        self.all.finish_and_clear();
    }
}
