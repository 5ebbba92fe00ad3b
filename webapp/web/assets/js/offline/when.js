// Days and times as the rest of the site says them.
const HERE = "Europe/London";
const DAY = 24 * 60 * 60000;
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: HERE });
const wall = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hour12: true, timeZone: HERE });
const today = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: HERE });

// `Tuesday 3 March, 10:30am (2 hours ago)`
export function moment(at) {
  return `${day.format(at)}, ${clock.format(at).replace(" ", "")} (${ago(Date.now() - at)})`;
}

export function dayOf(at) {
  return day.format(at);
}

function ago(milliseconds) {
  const minutes = Math.max(Math.round(milliseconds / 60000), 0);
  if (minutes < 60) {
    return minutes < 2 ? "just now" : `${minutes} minutes ago`;
  }
  if (milliseconds < DAY) {
    const hours = Math.round(minutes / 60);
    return hours === 1 ? "an hour ago" : `${hours} hours ago`;
  }
  const days = Math.round(milliseconds / DAY);
  return days === 1 ? "a day ago" : `${days} days ago`;
}

// `Next on Tuesday 3 March, 10:30am`, of a time without a zone; nothing once that has been.
export function next(iso) {
  if (!iso || iso <= today.format(Date.now()).replace(" ", "T")) {
    return "";
  }
  const [date, time] = iso.split("T");
  const [hours, minutes] = time.split(":").map(Number);
  const said = `${hours % 12 || 12}:${String(minutes).padStart(2, "0")}${hours < 12 ? "am" : "pm"}`;
  return `Next on ${wall.format(new Date(`${date}T00:00:00Z`))}, ${said}`;
}
