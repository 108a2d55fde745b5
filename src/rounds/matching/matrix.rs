//! The fits of many pairs at once, computed on all cores.

use std::num::NonZero;
use std::thread;

use super::known::{FORBIDDEN, Known, Millionths};

/// A fit for each pair of a row and a column.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    columns: usize,
    fits: Vec<Millionths>,
}

impl Matrix {
    /// The fits of each of `rows` with each of `columns`, both sorted.
    pub(super) fn of(known: &Known<'_>, rows: &[u32], columns: &[u32]) -> Self {
        let places = places(known, columns);
        let mut fits = vec![FORBIDDEN; rows.len() * columns.len()];
        let lines = rows.iter().zip(fits.chunks_mut(columns.len().max(1)));
        share_out(lines.collect(), |(row, line)| fill(known, *row, columns, &places, 0, line));
        Self { columns: columns.len(), fits }
    }

    /// The fits of each pair of `people`, who are sorted; nobody may be with themselves.
    pub(super) fn square(known: &Known<'_>, people: &[u32]) -> Self {
        let places = places(known, people);
        let size = people.len();
        let mut fits = vec![FORBIDDEN; size * size];
        let lines = people.iter().enumerate().zip(fits.chunks_mut(size.max(1)));
        share_out(lines.collect(), |((at, row), line)| fill(known, *row, people, &places, at + 1, line));
        mirror(&mut fits, size);
        Self { columns: size, fits }
    }

    /// A matrix from its fits, line by line.
    pub(super) fn from_lines(columns: usize, fits: Vec<Millionths>) -> Self {
        Self { columns, fits }
    }

    /// The same with rows for columns.
    pub(super) fn turned(&self) -> Self {
        let rows = self.rows();
        let mut fits = vec![FORBIDDEN; self.fits.len()];
        let lines = fits.chunks_mut(rows.max(1)).enumerate();
        share_out(lines.collect(), |(column, line)| {
            for (row, fit) in line.iter_mut().enumerate() {
                *fit = self.at(row, column);
            }
        });
        Self { columns: rows, fits }
    }

    /// The greatest fit of a pair that is not forbidden.
    pub(super) fn greatest(&self) -> Millionths {
        self.fits.iter().copied().filter(|fit| *fit != FORBIDDEN).max().unwrap_or(0)
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.fits.len().checked_div(self.columns).unwrap_or(0)
    }

    /// The fits of one row.
    pub(super) fn row(&self, row: usize) -> &[Millionths] {
        &self.fits[row * self.columns..(row + 1) * self.columns]
    }

    /// One fit.
    pub(super) fn at(&self, row: usize, column: usize) -> Millionths {
        self.fits[row * self.columns + column]
    }

    /// Gives a pair another fit.
    pub(super) fn set(&mut self, row: usize, column: usize, fit: Millionths) {
        self.fits[row * self.columns + column] = fit;
    }
}

/// Where in `list` each person stands.
fn places(known: &Known<'_>, list: &[u32]) -> Vec<Option<usize>> {
    let mut places = vec![None; known.people.len()];
    for (place, number) in list.iter().enumerate() {
        places[*number as usize] = Some(place);
    }
    places
}

/// Fills a line from `first` on.
fn fill(
    known: &Known<'_>,
    row: u32,
    columns: &[u32],
    places: &[Option<usize>],
    first: usize,
    line: &mut [Millionths],
) {
    if !known.problem.fit_only {
        for (column, fit) in columns.iter().zip(line.iter_mut()).skip(first) {
            *fit = known.plain(row, *column);
        }
    }
    for (other, _) in &known.between[row as usize] {
        if let Some(place) = places[*other as usize].filter(|place| *place >= first) {
            line[place] = known.fit(row, *other);
        }
    }
}

/// Copies what stands right of the diagonal to the left of it, block by block, which is kind to caches.
fn mirror(fits: &mut [Millionths], size: usize) {
    const BLOCK: usize = 64;
    for top in (0..size).step_by(BLOCK) {
        for left in (0..=top).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(size) {
                for column in left..(left + BLOCK).min(row) {
                    fits[row * size + column] = fits[column * size + row];
                }
            }
        }
    }
}

/// Does something with each item, on all cores.
pub(super) fn share_out<T: Send>(items: Vec<T>, work: impl Fn(T) + Sync) {
    let threads = cores().min(items.len());
    if threads < 2 {
        items.into_iter().for_each(work);
        return;
    }
    let mut hands: Vec<Vec<T>> = (0..threads).map(|_| Vec::new()).collect();
    for (at, item) in items.into_iter().enumerate() {
        hands[at % threads].push(item);
    }
    let work = &work;
    thread::scope(|scope| {
        for hand in hands {
            scope.spawn(move || hand.into_iter().for_each(work));
        }
    });
}

/// Asks something of each number below `count`, on all cores; the answers stand in order.
pub(super) fn ask_all<A: Send + Default>(count: usize, ask: impl Fn(usize) -> A + Sync) -> Vec<A> {
    let mut answers: Vec<A> = Vec::new();
    answers.resize_with(count, A::default);
    share_out(answers.iter_mut().enumerate().collect(), |(number, answer)| *answer = ask(number));
    answers
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
