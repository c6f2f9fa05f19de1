//! How output for people looks: plain lines in a pipe or a file, wrapped and coloured on a terminal.

use anstream::stream::IsTerminal;

/// How a table looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One line a record, no colour.
    Plain,
    /// Wrapped to a terminal's width.
    Terminal(Colours),
}

/// Whether colours are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// They are.
    Yes,
    /// `NO_COLOR`, or a terminal that has none.
    No,
}

impl Look {
    /// The look that fits standard output. `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are heard.
    pub fn of_stdout() -> Look {
        if !std::io::stdout().is_terminal() {
            return Look::Plain;
        }
        match anstream::AutoStream::choice(&std::io::stdout()) {
            anstream::ColorChoice::Never => Look::Terminal(Colours::No),
            _ => Look::Terminal(Colours::Yes),
        }
    }

    /// Whether a terminal wants colours; none where it is no terminal.
    pub fn colours(self) -> Option<Colours> {
        match self {
            Look::Plain => None,
            Look::Terminal(colours) => Some(colours),
        }
    }

    /// Whether colours are wanted.
    pub fn paints(self) -> bool {
        self == Look::Terminal(Colours::Yes)
    }
}
