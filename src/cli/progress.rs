//! What an update of the index says while it runs.

use std::path::Path;
use std::time::Duration;

use cables::export::visible_line;
use cables::index::update::Observer;
use cables::ingest::{FormatName, IngestError};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Global, complain};

/// A progress bar on a terminal, and lines about files through it.
pub struct Progress {
    bar: ProgressBar,
    verbose: bool,
}

const TEMPLATE: &str = "{wide_bar} {decimal_bytes} of {decimal_total_bytes}, \
                        {decimal_bytes_per_sec}, {eta} left";

impl Progress {
    /// A bar where standard error is a terminal and a bar is wanted.
    pub fn new(global: &Global, wanted: bool) -> Progress {
        let bar = if wanted && !global.quiet {
            // Hidden by itself where it is no terminal.
            ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr())
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        Progress {
            bar,
            verbose: global.verbose,
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn line(&self, line: &str) {
        self.bar.suspend(|| complain(&visible_line(line)));
    }
}

impl Observer for Progress {
    fn planned(&self, _: u64, bytes: u64) {
        self.bar.set_length(bytes);
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn done(&self, _: &Path, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn opened(&self, path: &Path, format: FormatName, encoding: &str) {
        if self.verbose {
            self.line(&format!(
                "{}: {}, {encoding}",
                path.display(),
                format.name()
            ));
        }
    }

    fn failed(&self, error: &IngestError) {
        self.line(&error.to_string());
    }
}
