// Which pins are drawn as one: those that would lie on each other.
const WIDE = 52; // pixels: a pin with two numbers
const HIGH = 28;
const ROUND = 16; // pixels of a pin beside its words
const LETTER = 9;

// `where` gives a point's place in pixels, `words` what is written on a group of points. The groups keep the order of
// the list, so the best match leads its own.
export function grouped(points, where, words) {
  const groups = [];
  for (const point of points) {
    const at = where(point);
    const beside = groups.find(({ middle }) => Math.abs(middle.x - at.x) < WIDE && Math.abs(middle.y - at.y) < HIGH);
    if (beside) {
      join(beside, [point]);
    } else {
      groups.push({ middle: at, points: [point] });
    }
  }
  return apart(groups, words).map((group) => group.points);
}

// A pin with more numbers is wider: what it lies on then stands on it too.
function apart(groups, words) {
  const half = (group) => (ROUND + LETTER * words(group.points).length) / 2;
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at];
    const lies = (other) =>
      Math.abs(group.middle.x - other.middle.x) < half(group) + half(other) && Math.abs(group.middle.y - other.middle.y) < HIGH;
    const after = groups.findIndex((other, place) => place > at && lies(other));
    if (after > 0) {
      join(group, groups.splice(after, 1)[0].points);
      at = -1; // it has grown, and may lie on an earlier one
    }
  }
  return groups;
}

function join(group, points) {
  group.points.push(...points.filter((point) => !group.points.some(({ path }) => path === point.path)));
}
