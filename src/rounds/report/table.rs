//! Tables as CSV, such that no program that opens them takes what people wrote for a formula.

use csv::{QuoteStyle, WriterBuilder};

/// A table: its head, then its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    rows: Vec<Vec<String>>,
    width: usize,
}

impl Table {
    /// A table with this head.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|it| (*it).to_owned()).collect()], width: head.len() }
    }

    /// One more row; it is as wide as the head.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut row: Vec<String> = cells.into_iter().map(|cell| guarded(&cell)).collect();
        row.resize(self.width, String::new());
        self.rows.push(row);
    }

    /// As CSV (RFC 4180).
    ///
    /// # Errors
    /// It cannot be written.
    pub fn csv(&self) -> anyhow::Result<Vec<u8>> {
        let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(vec![]);
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))
    }
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which it does not show
/// (OWASP: "CSV Injection"). A number stays a number.
#[must_use]
pub fn guarded(cell: &str) -> String {
    let shown = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let formula = shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let begins = cell.starts_with(['\t', '\r', '\n']);
    if (formula || begins) && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_looks_like_a_formula_is_none() {
        for nasty in
            ["=1+1", "+1+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u{feff}=1", "＝1+1"]
        {
            assert!(guarded(nasty).starts_with('\''), "{nasty:?}");
        }
        for plain in ["Ana", "a=b", "-0.25", "12", "", "'quoted"] {
            assert_eq!(guarded(plain), plain);
        }
    }

    #[test]
    fn what_parts_cells_and_rows_stays_in_its_cell() {
        let mut table = Table::new(&["who", "what"]);
        table.row(["Ana, \"Bo\"".to_owned(), "one\ntwo".to_owned()]);
        let csv = String::from_utf8(table.csv().unwrap()).unwrap();
        assert_eq!(csv, "who,what\n\"Ana, \"\"Bo\"\"\",\"one\ntwo\"\n");
    }

    proptest! {
        #[test]
        fn it_reads_back_as_it_was_but_for_the_guard(cells in prop::collection::vec(".{0,30}", 2..12)) {
            let mut table = Table::new(&["a", "b"]);
            for two in cells.chunks_exact(2) {
                table.row(two.to_vec());
            }
            let csv = table.csv().unwrap();
            let mut read = csv::ReaderBuilder::new().from_reader(&csv[..]);
            let rows: Vec<Vec<String>> = read.records().map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect();
            let wanted: Vec<Vec<String>> = cells.chunks_exact(2).map(|two| two.iter().map(|it| guarded(it)).collect()).collect();
            prop_assert_eq!(rows, wanted);
        }

        #[test]
        fn no_cell_begins_as_a_formula(cell in "[ \t\r\n=+@-]{0,4}.{0,10}") {
            let guarded = guarded(&cell);
            let begins = guarded.trim_start().starts_with(['=', '+', '-', '@']);
            prop_assert!(!begins || guarded.parse::<f64>().is_ok());
        }
    }
}
