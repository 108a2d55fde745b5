//! The network simplex for mentor groups: rows (mentees) go to columns (mentors) or stay unplaced, columns
//! have room, and the first row of a column is worth something of its own.
//!
//! The three aims are one cost of whole numbers: an unplaced row costs more than everything else together, the
//! first row of a column is worth more than all fits together, and a pair is worth its fit. It works on
//! candidate pairs and prices every other pair before it calls itself done, so what it ends with is optimal
//! for the whole matrix; the potentials are the proof.

mod tree;

use std::cmp::Reverse;

use tree::{Arc, Tree};

use super::known::FORBIDDEN;
use super::matrix::{Matrix, ask_all};
use super::progress::{Cancelled, Progress};

/// Cost in millionths, with the aims on top.
pub(super) type Cost = i64;

const NONE: u32 = u32::MAX;
/// Without a limit.
const ENDLESS: Cost = Cost::MAX / 4;
/// Candidates that each row, and for each of its places each column, begins with.
const CANDIDATES: usize = 12;
/// So many pivots between two looks at whether an end is wanted.
const PATIENCE: usize = 4_096;

/// An arc that is to come into the tree.
#[derive(Debug, Clone, Copy)]
struct Entering {
    arc: Arc,
    from: u32,
    to: u32,
    /// It is empty and shall fill; else it is full and shall empty.
    fills: bool,
}

/// A transport of rows to columns that is being made better.
#[derive(Debug)]
pub(super) struct Transport {
    /// The fits; a pair that is forbidden later on costs more than staying unplaced.
    pub(super) fits: Matrix,
    rooms: Vec<u32>,
    tree: Tree,
    /// First and other places of a column that are all taken while their arc is outside the tree.
    full: Vec<[bool; 2]>,
    candidates: Vec<(u32, u32)>,
    /// Where the search for an arc goes on.
    at: usize,
    /// What staying unplaced costs.
    pub(super) unplaced: Cost,
    /// What the first row of a column is worth.
    pub(super) first: Cost,
}

impl Transport {
    /// Nobody is placed yet. Each column has room for at least one row. Without `spread` it is of no account how
    /// many columns have a row.
    pub(super) fn new(fits: Matrix, rooms: Vec<u32>, spread: bool) -> Self {
        let (rows, columns) = (fits.rows(), rooms.len());
        let all = Cost::from(fits.greatest()) * whole(rows) + 1;
        let first = if spread { all } else { 0 };
        let unplaced = first * (whole(columns.min(rows)) + 1) + all;
        let tree = Tree::new(rows, columns, unplaced, first);
        let candidates = candidates(&fits, &rooms);
        Self { fits, rooms, tree, full: vec![[false; 2]; columns], candidates, at: 0, unplaced, first }
    }

    fn rows(&self) -> usize {
        self.tree.parent.len() - 1 - self.rooms.len()
    }

    /// Makes it the best there is.
    pub(super) fn solve(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        loop {
            let mut pivots = 0;
            while let Some(entering) = self.search() {
                self.pivot(entering);
                pivots += 1;
                if pivots % PATIENCE == 0 {
                    progress.check()?;
                }
            }
            progress.check()?;
            let better = self.price_all();
            if better.is_empty() {
                return Ok(());
            }
            self.candidates.extend(better);
        }
    }

    /// To which column each row goes.
    pub(super) fn columns(&self) -> Vec<Option<u32>> {
        let rows = self.rows();
        let mut columns = vec![None; rows];
        let number = |node: usize| u32::try_from(node).unwrap_or(NONE);
        for node in 0..rows + self.rooms.len() {
            if self.tree.arc[node] == Arc::Pair && self.tree.flow[node] > 0 {
                let parent = self.tree.parent[node] as usize;
                let (row, column) = if node < rows { (node, parent) } else { (parent, node) };
                columns[row] = Some(number(column - rows));
            }
        }
        columns
    }

    /// What the transport costs.
    pub(super) fn cost(&self) -> Cost {
        let columns = self.columns();
        let mut taken = vec![false; self.rooms.len()];
        let mut cost = 0;
        for (row, column) in columns.iter().enumerate() {
            cost += match column {
                Some(column) => self.cost_of(row, *column as usize),
                None => self.unplaced,
            };
            if let Some(column) = column {
                cost -= if std::mem::replace(&mut taken[*column as usize], true) { 0 } else { self.first };
            }
        }
        cost
    }

    /// What the potential of a row asks of whatever column it goes to.
    pub(super) fn price(&self, row: usize) -> Cost {
        self.tree.potential[row]
    }

    /// How much more a pair would cost than what the potentials ask; never less than 0 once it is solved.
    pub(super) fn reduced(&self, row: usize, column: usize) -> Cost {
        self.cost_of(row, column) + self.tree.potential[row] - self.tree.potential[self.rows() + column]
    }

    /// The same for a row that stays unplaced.
    pub(super) fn reduced_unplaced(&self, row: usize) -> Cost {
        self.unplaced + self.tree.potential[row]
    }

    /// What `load` rows cost a column beyond the load that suits its potential best.
    pub(super) fn reduced_load(&self, column: usize, load: u32) -> Cost {
        let price = self.tree.potential[self.rows() + column];
        let worth = |load: u32| Cost::from(load) * price - if load > 0 { self.first } else { 0 };
        let best = [0, 1, self.rooms[column]].map(worth).into_iter().min().unwrap_or(0);
        worth(load) - best
    }

    /// Forbids a pair, or gives it back its fit; then it has to be [solved](Self::solve) again.
    pub(super) fn set(&mut self, row: usize, column: usize, fit: u32) {
        self.fits.set(row, column, fit);
    }

    /// Computes all potentials from the tree anew, after costs were changed.
    pub(super) fn refresh(&mut self) {
        let root = self.tree.parent.len() - 1;
        let mut stack = self.tree.children(root);
        while let Some(node) = stack.pop() {
            let at = node as usize;
            let parent = self.tree.parent[at];
            let above = self.tree.potential[parent as usize];
            let cost = self.arc_cost(self.tree.arc[at], node, parent);
            self.tree.potential[at] = if self.tree.up[at] { above - cost } else { above + cost };
            stack.extend(self.tree.children(at));
        }
    }

    fn cost_of(&self, row: usize, column: usize) -> Cost {
        match self.fits.at(row, column) {
            FORBIDDEN => 3 * self.unplaced,
            fit => -Cost::from(fit),
        }
    }

    fn arc_cost(&self, arc: Arc, a: u32, b: u32) -> Cost {
        match arc {
            Arc::Pair => self.cost_of(a.min(b) as usize, a.max(b) as usize - self.rows()),
            Arc::Unplaced => self.unplaced,
            Arc::First => -self.first,
            Arc::Rest => 0,
        }
    }

    fn room(&self, arc: Arc, node: u32) -> Cost {
        match arc {
            Arc::Pair | Arc::Unplaced => ENDLESS,
            Arc::First => 1,
            Arc::Rest => Cost::from(self.rooms[node as usize - self.rows()] - 1),
        }
    }

    /// The best arc of the next block that has one that makes it cheaper.
    fn search(&mut self) -> Option<Entering> {
        let pairs = self.candidates.len();
        let all = pairs + self.rows() + 2 * self.rooms.len();
        let block = all.isqrt().max(40);
        let mut best: Option<(Cost, Entering)> = None;
        let mut in_block = 0;
        for _ in 0..all {
            self.at = if self.at + 1 >= all { 0 } else { self.at + 1 };
            if let Some((reduced, entering)) = self.look(self.at, pairs)
                && best.is_none_or(|(least, _)| reduced < least)
            {
                best = Some((reduced, entering));
            }
            in_block += 1;
            if in_block >= block {
                if best.is_some() {
                    break;
                }
                in_block = 0;
            }
        }
        best.map(|(_, entering)| entering)
    }

    /// The arc at a place of the search, if it makes it cheaper.
    fn look(&self, at: usize, pairs: usize) -> Option<(Cost, Entering)> {
        let rows = self.rows();
        let potential = &self.tree.potential;
        let node = |node: usize| u32::try_from(node).unwrap_or(NONE);
        if at < pairs {
            let (row, column) = self.candidates[at];
            let fit = self.fits.at(row as usize, column as usize);
            let to = rows + column as usize;
            let reduced = potential[row as usize] - potential[to] - Cost::from(fit);
            let entering = Entering { arc: Arc::Pair, from: row, to: node(to), fills: true };
            return (fit != FORBIDDEN && reduced < 0).then_some((reduced, entering));
        }
        let root = node(potential.len() - 1);
        let at = at - pairs;
        if at < rows {
            let reduced = self.unplaced + potential[at];
            let entering = Entering { arc: Arc::Unplaced, from: node(at), to: root, fills: true };
            return (reduced < 0).then_some((reduced, entering));
        }
        let (column, rest) = ((at - rows) / 2, (at - rows) % 2);
        let arc = [Arc::First, Arc::Rest][rest];
        let from = node(rows + column);
        let inside = self.tree.parent[from as usize] == root && self.tree.arc[from as usize] == arc;
        if inside || self.room(arc, from) == 0 {
            return None;
        }
        let reduced = self.arc_cost(arc, from, root) + potential[from as usize];
        let full = self.full[column][rest];
        let gain = if full { -reduced } else { reduced };
        (gain < 0).then_some((gain, Entering { arc, from, to: root, fills: !full }))
    }

    /// Brings an arc into the tree, and another one out of it.
    fn pivot(&mut self, entering: Entering) {
        let Entering { arc, from, to, fills } = entering;
        let (first, second) = if fills { (from, to) } else { (to, from) };
        let join = self.tree.join(first, second);
        let room = self.room(arc, from);
        let mut delta = room;
        // Of several that would leave the last on the way round, which keeps the tree from going in circles.
        let mut out = None;
        for (side, begin) in [(0, first), (1, second)] {
            let mut node = begin;
            while node != join {
                let at = node as usize;
                let flow = self.tree.flow[at];
                let empties = self.tree.up[at] == (side == 0);
                let most = if empties { flow } else { self.room(self.tree.arc[at], node) - flow };
                if most < delta || (side == 1 && most == delta) {
                    delta = most;
                    out = Some((side, node));
                }
                node = self.tree.parent[at];
            }
        }
        if delta > 0 {
            self.tree.push(first, second, join, delta);
        }
        let Some((side, out)) = out else {
            self.set_full(arc, from, fills);
            return;
        };
        let leaving = self.tree.arc[out as usize];
        if matches!(leaving, Arc::First | Arc::Rest) {
            self.set_full(leaving, out, self.tree.flow[out as usize] > 0);
        }
        let flow = if fills { delta } else { room - delta };
        let (inner, outer) = if side == 0 { (first, second) } else { (second, first) };
        let cost = self.arc_cost(arc, from, to);
        self.tree.rehang(inner, outer, out, (arc, inner == from, flow), cost);
    }

    fn set_full(&mut self, arc: Arc, node: u32, full: bool) {
        let column = node as usize - self.rows();
        self.full[column][usize::from(arc == Arc::Rest)] = full;
    }

    /// Prices every pair; gives for each row the one that would make it cheapest.
    fn price_all(&self) -> Vec<(u32, u32)> {
        let rows = self.rows();
        let prices = &self.tree.potential[rows..rows + self.rooms.len()];
        let best = ask_all(rows, |row| {
            let own = self.tree.potential[row];
            let mut best = (0, NONE);
            for ((fit, price), column) in self.fits.row(row).iter().zip(prices).zip(0..) {
                let reduced = own - price - Cost::from(*fit);
                if (reduced < best.0) & (*fit != FORBIDDEN) {
                    best = (reduced, column);
                }
            }
            best
        });
        (0..)
            .zip(best)
            .filter(|(_, (_, column))| *column != NONE)
            .map(|(row, (_, column))| (row, column))
            .collect()
    }
}

fn whole(count: usize) -> Cost {
    Cost::try_from(count).unwrap_or(Cost::MAX)
}

/// The best columns of each row, and for each place of a column some of its best rows.
fn candidates(fits: &Matrix, rooms: &[u32]) -> Vec<(u32, u32)> {
    let (rows, columns) = (fits.rows(), rooms.len());
    let of_rows = ask_all(rows, |row| best(columns, row, CANDIDATES, |column| fits.at(row, column)));
    let of_columns = ask_all(columns, |column| {
        let places = CANDIDATES.max(3 * rooms[column] as usize);
        best(rows, column, places, |row| fits.at(row, column))
    });
    let mut all: Vec<(u32, u32)> = (0..)
        .zip(of_rows)
        .flat_map(|(row, list)| list.into_iter().map(move |column| (row, column)))
        .collect();
    all.extend(
        (0..).zip(of_columns).flat_map(|(column, list)| list.into_iter().map(move |row| (row, column))),
    );
    all.sort_unstable();
    all.dedup();
    all
}

/// The `most` best of `count` others; of equals those that come next after `own`, so that not all choose the same.
pub(super) fn best(count: usize, own: usize, most: usize, fit: impl Fn(usize) -> u32) -> Vec<u32> {
    let own = own % count.max(1);
    let mut list: Vec<(Reverse<u32>, usize)> = Vec::new();
    let mut least = -1;
    for (turn, other) in (own..count).chain(0..own).enumerate() {
        let fit = fit(other);
        if (fit == FORBIDDEN) | (Cost::from(fit) <= least) {
            continue;
        }
        list.push((Reverse(fit), turn));
        // Most never come into the list, so it is put in order only now and then.
        if list.len() == 2 * most {
            let (_, (Reverse(last), _), _) = list.select_nth_unstable(most - 1);
            least = Cost::from(*last);
            list.truncate(most);
        }
    }
    list.sort_unstable();
    list.truncate(most);
    list.into_iter().filter_map(|(_, turn)| u32::try_from((own + turn) % count).ok()).collect()
}
