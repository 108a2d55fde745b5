use std::time::Duration;

/// Times of one kind of act.
#[derive(Default)]
pub struct Sample(Vec<Duration>);

impl Sample {
    /// Adds one.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The time, in milliseconds, that this share of them (0.5 for half) did not exceed.
    pub fn quantile(&self, share: f64) -> f64 {
        let times: Vec<f64> = self.0.iter().map(|time| time.as_secs_f64() * 1_000.0).collect();
        quantile(times, share)
    }
}

/// The middle of some numbers.
pub fn median(numbers: &[f64]) -> f64 {
    quantile(numbers.to_vec(), 0.5)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a place in a list"
)]
fn quantile(mut numbers: Vec<f64>, share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let place = (numbers.len().saturating_sub(1) as f64 * share).round() as usize;
    numbers.get(place).copied().unwrap_or(f64::NAN)
}

/// One line of results.
pub fn result(name: &str, value: f64, unit: &str) {
    println!("RESULT {name} {value:.3} {unit}");
}
