// Discord's timestamps, and the clock of the sandbox as the page knows it.

let known = { at: Date.now(), measured: performance.now(), runs: false };

/** Takes over the sandbox's time. Between two answers the page goes on by itself only if the clock was seen to run. */
export function setNow(iso) {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return;
  const measured = performance.now();
  const expected = known.at + (measured - known.measured);
  const close = Math.abs(at - expected) < 2000 && measured - known.measured > 900;
  known = { at, measured, runs: close || known.runs };
  refreshRelative();
}

/** The sandbox's time in milliseconds since 1970. */
export function now() {
  return known.runs ? known.at + (performance.now() - known.measured) : known.at;
}

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const CLOCK = { hour: "numeric", minute: "2-digit" };
const CLOCK_S = { ...CLOCK, second: "2-digit" };
const DIGITS = { year: "numeric", month: "2-digit", day: "2-digit" };
const LONG = { year: "numeric", month: "long", day: "numeric" };
const STYLES = {
  t: format(CLOCK),
  T: format(CLOCK_S),
  d: format(DIGITS),
  D: format(LONG),
  f: format({ ...LONG, ...CLOCK }),
  F: format({ ...LONG, ...CLOCK, weekday: "long" }),
  s: format({ ...DIGITS, ...CLOCK }),
  S: format({ ...DIGITS, ...CLOCK_S }),
};
const FULL = STYLES.F;
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const STEPS = [
  ["second", 1000, 60],
  ["minute", 60_000, 60],
  ["hour", 3_600_000, 24],
  ["day", 86_400_000, 30],
  ["month", 2_629_746_000, 12],
  ["year", 31_556_952_000, Infinity],
];

/** "in 3 days", seen from `from`; both in milliseconds. */
export function relative(at, from) {
  const apart = at - from;
  for (const [unit, length, limit] of STEPS) {
    const count = Math.round(apart / length);
    if (Math.abs(count) < limit) return RELATIVE.format(count, unit);
  }
  return "";
}

/** The element for `<t:UNIX:STYLE>`. Hovering shows the full date. */
export function timestamp(ms, style = "f") {
  const date = new Date(ms);
  const node = document.createElement("time");
  node.className = "timestamp";
  if (Number.isNaN(date.getTime())) {
    node.textContent = "Invalid Date";
    return node;
  }
  node.dateTime = date.toISOString();
  node.title = FULL.format(date);
  if (style === "R") {
    node.dataset.relative = String(ms);
    node.textContent = relative(ms, now());
  } else {
    node.textContent = (STYLES[style] ?? STYLES.f).format(date);
  }
  return node;
}

function refreshRelative() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    const text = relative(Number(node.dataset.relative), now());
    if (node.textContent !== text) node.textContent = text;
  }
}
setInterval(refreshRelative, 15_000);

const dayKey = (ms) => format(DIGITS).format(ms);

/** "Today at 09:00", "Yesterday at 09:00", or date and time, as above a message. */
export function messageTime(iso) {
  const at = Date.parse(iso);
  const clock = STYLES.t.format(at);
  if (dayKey(at) === dayKey(now())) return `Today at ${clock}`;
  if (dayKey(at) === dayKey(now() - 86_400_000)) return `Yesterday at ${clock}`;
  return STYLES.s.format(at);
}

export const shortTime = (iso) => STYLES.t.format(Date.parse(iso));
export const fullTime = (iso) => FULL.format(Date.parse(iso));
export const dayName = (iso) => STYLES.D.format(Date.parse(iso));
export const sameDay = (one, other) => dayKey(Date.parse(one)) === dayKey(Date.parse(other));

/** The clock bar's text: weekday, date, time, zone; `short` for a phone. */
export function clockText(ms, short = false) {
  if (short) return format({ weekday: "short", day: "numeric", month: "short", ...CLOCK }).format(ms);
  return format({ weekday: "short", day: "numeric", month: "short", year: "numeric", ...CLOCK, timeZoneName: "short" }).format(ms);
}
