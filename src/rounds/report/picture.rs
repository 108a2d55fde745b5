//! The picture of a report. It takes some hundredths of a second: never drawn on an async thread.

use std::sync::OnceLock;

use charts_rs::{
    BarChart, ChildChart, Color, HorizontalBarChart, LineChart, MultiChart, Series, TextConfig, YAxisConfig,
    svg_to_png,
};

use super::figures::{Figures, Pulse};
use crate::discord::text::{cut, one_line};

/// What stands in a picture, in one's language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Above all.
    pub title: String,
    /// Above who took part.
    pub took_part: String,
    /// How far people came: signed up, in a group, answered.
    pub steps: [String; 4],
    /// Above who would do it again.
    pub again: String,
    /// Yes, perhaps, no.
    pub answers: [String; 3],
    /// Above how it was going.
    pub pulse: String,
    /// A week of the round.
    pub week: String,
}

/// Discord shows pictures in embeds about so wide.
const WIDTH: f32 = 900.0;
const HEIGHT: f32 = 320.0;
const TOP: f32 = 50.0;
/// Most rounds of a programme in a picture: the latest.
const ROUNDS: usize = 10;
const FONT: &str = "DejaVu Sans";
/// Kith's own colours, which also those tell apart who see no red or green.
const GREEN: &str = "#2f7d6d";
const AMBER: &str = "#d9a441";
const GREY: &str = "#8a8f98";
const DARK: &str = "#2b2d31";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
#[error("a picture could not be drawn: {0}")]
pub struct NotDrawn(String);

fn not(error: impl std::fmt::Display) -> NotDrawn {
    NotDrawn(error.to_string())
}

/// Makes the font known, once: the machine's own fonts are not looked at, so that a picture is the same everywhere.
fn with_font() -> Result<(), NotDrawn> {
    static KNOWN: OnceLock<Result<(), String>> = OnceLock::new();
    let known = KNOWN
        .get_or_init(|| charts_rs::add_fonts(&[dejavu::sans::regular()]).map_err(|error| error.to_string()));
    known.clone().map_err(NotDrawn)
}

/// The picture of a round, as PNG.
///
/// # Errors
/// It cannot be drawn.
pub fn of_round(labels: &Labels, figures: &Figures) -> Result<Vec<u8>, NotDrawn> {
    with_font()?;
    let mut all = MultiChart::new();
    let half = WIDTH / 2.0;
    let stayed = figures.in_groups.saturating_sub(figures.left);
    let steps = [figures.signed_up, figures.in_groups, stayed, figures.answered];
    let alone = figures.again.is_none() && figures.pulse.len() < 2;
    let bars = bars(&labels.took_part, &labels.steps, &steps, if alone { WIDTH } else { half });
    all.add(ChildChart::HorizontalBar(bars, Some((0.0, TOP))));
    if let Some(again) = figures.again {
        let chart = columns(&labels.again, &labels.answers, &again, half);
        all.add(ChildChart::Bar(chart, Some((half, TOP))));
    } else if figures.pulse.len() > 1 {
        all.add(ChildChart::Line(line(labels, &figures.pulse, half), Some((half, TOP))));
    }
    let both = figures.again.is_some() && figures.pulse.len() > 1;
    if both {
        all.add(ChildChart::Line(line(labels, &figures.pulse, WIDTH), Some((0.0, TOP + HEIGHT))));
    }
    drawn(all, &labels.title)
}

/// The picture of a programme, as PNG: how many took part in each of its rounds, and how many said how it was.
///
/// # Errors
/// It cannot be drawn.
pub fn of_programme(labels: &Labels, all: &[(String, Figures)]) -> Result<Vec<u8>, NotDrawn> {
    with_font()?;
    let all = &all[all.len().saturating_sub(ROUNDS)..];
    let names: Vec<String> = all.iter().map(|(name, _)| drawable(name, 18)).collect();
    let of =
        |figure: fn(&Figures) -> usize| -> Vec<f32> { all.iter().map(|(_, it)| short(figure(it))).collect() };
    let series: [(&str, Vec<f32>); 3] = [
        (&labels.steps[0], of(|it| it.signed_up)),
        (&labels.steps[1], of(|it| it.in_groups)),
        (&labels.steps[3], of(|it| it.answered)),
    ];
    let series = series.into_iter().map(|(name, data)| shown(Series::from((name, data)))).collect();
    let mut chart = BarChart::new(series, names);
    chart.base.series_list.iter_mut().enumerate().for_each(|(nth, series)| series.index = Some(nth));
    chart.base.series.colors = [GREY, GREEN, AMBER].map(Color::from).to_vec();
    size(&mut chart.base, WIDTH, HEIGHT + TOP);
    let mut picture = MultiChart::new();
    picture.add(ChildChart::Bar(chart, Some((0.0, TOP))));
    drawn(picture, &labels.title)
}

/// A text as a picture can hold it: in one line, without what XML does not take ("Extensible Markup Language", 2.2).
fn drawable(text: &str, most: usize) -> String {
    let text: String =
        text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    cut(&one_line(&text), most)
}

fn short(count: usize) -> f32 {
    u16::try_from(count).map_or(f32::from(u16::MAX), f32::from)
}

fn shown(series: Series) -> Series {
    Series { label_show: true, ..series }
}

fn size(base: &mut charts_rs::ChartBase, width: f32, height: f32) {
    (base.width, base.height) = (width, height);
    FONT.clone_into(&mut base.font_family);
    base.margin = charts_rs::Box { left: 16.0, top: 8.0, right: 24.0, bottom: 8.0 };
}

fn bars(title: &str, names: &[String], counts: &[usize], width: f32) -> HorizontalBarChart {
    // The first stands lowest there.
    let data: Vec<f32> = counts.iter().rev().map(|it| short(*it)).collect();
    let names = names.iter().rev().cloned().collect();
    let mut chart = HorizontalBarChart::new(vec![shown(Series::from(("", data)))], names);
    size(&mut chart.base, width, HEIGHT);
    title.clone_into(&mut chart.base.title.text);
    chart.base.legend.show = Some(false);
    chart.base.series.colors = vec![Color::from(GREEN)];
    whole(&mut chart.y_axis_configs, counts);
    chart
}

/// The lines of an axis stand at whole numbers: it counts people.
fn whole(axes: &mut [YAxisConfig], counts: &[usize]) {
    // One more, so that what stands above the highest has room.
    let most = counts.iter().copied().max().unwrap_or_default() + 1;
    let lines = most.min(5);
    for axis in axes {
        (axis.min, axis.max, axis.split_number) =
            (Some(0.0), Some(short(most.div_ceil(lines) * lines)), lines);
    }
}

fn columns(title: &str, names: &[String], counts: &[usize], width: f32) -> BarChart {
    let data: Vec<f32> = counts.iter().map(|it| short(*it)).collect();
    let mut series = shown(Series::from(("", data)));
    series.colors = Some([GREEN, AMBER, GREY].map(|color| Some(Color::from(color))).to_vec());
    let mut chart = BarChart::new(vec![series], names.to_vec());
    size(&mut chart.base, width, HEIGHT);
    title.clone_into(&mut chart.base.title.text);
    chart.base.legend.show = Some(false);
    whole(&mut chart.y_axis_configs, counts);
    chart
}

fn line(labels: &Labels, pulse: &[Pulse], width: f32) -> LineChart {
    #[expect(clippy::cast_possible_truncation, reason = "1 to 5")]
    let data: Vec<f32> = pulse.iter().map(|it| ((it.mean * 10.0).round() / 10.0) as f32).collect();
    let weeks = pulse.iter().map(|it| format!("{} {}", labels.week, it.week)).collect();
    let mut chart = LineChart::new(vec![shown(Series::from(("", data)))], weeks);
    size(&mut chart.base, width, HEIGHT);
    labels.pulse.clone_into(&mut chart.base.title.text);
    chart.base.legend.show = Some(false);
    chart.base.series.colors = vec![Color::from(GREEN)];
    for axis in &mut chart.y_axis_configs {
        (axis.min, axis.max, axis.split_number) = (Some(1.0), Some(5.0), 4);
    }
    chart
}

fn drawn(mut all: MultiChart, title: &str) -> Result<Vec<u8>, NotDrawn> {
    FONT.clone_into(&mut all.font_family);
    all.background_color = Some(Color::white());
    let mut heading = TextConfig { left: Some(26.0), top: Some(18.0), ..TextConfig::default() };
    heading.text = drawable(title, 60);
    heading.font.size = 20.0;
    heading.font.color = Color::from(DARK);
    all.texts.push(heading);
    let svg = all.svg().map_err(not)?;
    svg_to_png(&svg).map_err(not)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(title: &str) -> Labels {
        let text = |text: &str| text.to_owned();
        Labels {
            title: text(title),
            took_part: text("Who took part"),
            steps: ["Signed up", "In a group", "To the end", "Said how it was"].map(text),
            again: text("Would you do it again?"),
            answers: ["Yes", "Perhaps", "No"].map(text),
            pulse: text("How it was going, 1 to 5"),
            week: text("Week"),
        }
    }

    fn figures() -> Figures {
        let pulse = [(2, 3.4), (4, 3.9), (6, 3.6), (8, 4.3)];
        let pulse = pulse.into_iter().map(|(week, mean)| Pulse { week, mean, count: 30 }).collect();
        Figures {
            signed_up: 48,
            in_groups: 44,
            left: 3,
            asked: 41,
            answered: 29,
            again: Some([19, 7, 3]),
            pulse,
            ..Figures::default()
        }
    }

    /// Where `PICTURES_TO` names a folder, the pictures are written there to be looked at.
    fn kept(name: &str, png: &[u8]) {
        assert!(png.starts_with(b"\x89PNG\r\n"), "{name}");
        assert!(png.len() < 400_000, "{name}: {}", png.len());
        if let Some(folder) = std::env::var_os("PICTURES_TO") {
            std::fs::write(std::path::Path::new(&folder).join(name), png).unwrap();
        }
    }

    #[test]
    fn a_round_is_drawn_with_whatever_is_known_of_it() {
        kept("whole.png", &of_round(&labels("Spring 2033"), &figures()).unwrap());
        let few = Figures { again: None, ..figures() };
        kept("few.png", &of_round(&labels("Spring 2033"), &few).unwrap());
        kept("nothing.png", &of_round(&labels("Spring 2033"), &Figures::default()).unwrap());
    }

    #[test]
    fn what_people_typed_is_drawn_as_text() {
        let nasty = "</text><script>alert(1)</script> & \"Ünï\u{1}cöde\" Привет Ελλάδα \u{202e}שלום ]]> \u{ffff} 🦀 <image href='file:///etc/passwd'/>";
        kept("nasty.png", &of_round(&labels(nasty), &figures()).unwrap());
        let all = [
            (nasty.to_owned(), figures()),
            ("Autumn".to_owned(), figures()),
            ("\u{0}".to_owned(), Figures::default()),
        ];
        kept("programme.png", &of_programme(&labels(nasty), &all).unwrap());
    }
}
