//! An upper bound on what circles can be worth.
//!
//! What a circle is worth is the sum, over its people, of their mean fit with the others in it. So give each person
//! a price: a pair's fit is split into half the two prices and what is left over. In circles of `min` people or
//! more nobody has more of the leftovers than `1 / (min - 1)` of each that is above 0, so the prices and these bound
//! the whole, whatever the prices are. Prices that come close to the least such bound (that of the matching in
//! which everybody has `min - 1` partners) are looked for step by step; the last step prices every pair.

use super::known::FORBIDDEN;
use super::matrix::{Matrix, ask_all};
use super::progress::{Cancelled, Progress};
use super::simplex::best;

/// Partners of each person whose pairs are looked at on the way.
const NEAR: usize = 64;
/// Steps.
const STEPS: usize = 1_000;

/// No circles of `min` or more people that place as many have a greater total; in millionths.
pub(super) fn bound(fits: &Matrix, placed: usize, min: usize, progress: &Progress) -> Result<f64, Cancelled> {
    if placed == 0 {
        return Ok(0.0);
    }
    let people = fits.rows();
    let partners = min - 1;
    let near: Vec<Vec<(u32, f64)>> = ask_all(people, |own| {
        let list = best(people, own, NEAR.max(3 * partners), |other| fits.at(own, other));
        list.into_iter().map(|other| (other, f64::from(fits.at(own, other as usize)))).collect()
    });
    let mut prices: Vec<f64> = near
        .iter()
        .map(|list| list.get(partners).or(list.last()).map_or(0.0, |(_, fit)| fit / 2.0))
        .collect();
    let mut lowest = (f64::INFINITY, prices.clone());
    let mut step = 40_000.0;
    for _ in 0..STEPS {
        progress.check()?;
        let mut sum = 0.0;
        let mut count = vec![0.0; people];
        for (own, list) in near.iter().enumerate() {
            sum += 2.0 * prices[own] * as_f64(partners);
            for (other, fit) in list {
                let over = fit - prices[own] - prices[*other as usize];
                if over > 0.0 {
                    sum += over;
                    count[own] += 0.5;
                    count[*other as usize] += 0.5;
                }
            }
        }
        if sum < lowest.0 {
            lowest = (sum, prices.clone());
        }
        for (price, count) in prices.iter_mut().zip(&count) {
            *price += step * (count - as_f64(partners)) / as_f64(partners);
        }
        step *= 0.99;
    }
    Ok(proven(fits, &lowest.1, placed, partners))
}

/// What prices prove, every pair priced.
fn proven(fits: &Matrix, prices: &[f64], placed: usize, partners: usize) -> f64 {
    let mut each = ask_all(fits.rows(), |own| {
        let mut over = 0.0;
        for (fit, price) in fits.row(own).iter().zip(prices) {
            if *fit != FORBIDDEN {
                over += (f64::from(*fit) - prices[own] - price).max(0.0);
            }
        }
        2.0 * prices[own] + over / as_f64(partners)
    });
    // Whoever is left over would have been the least worth.
    each.sort_by(|a, b| b.total_cmp(a));
    each.iter().take(placed).sum()
}

#[expect(clippy::cast_precision_loss, reason = "a count of people")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
