// Which pins are drawn as one: those that would lie on each other.
const WIDE = 52; // pixels: a pin with two numbers
const HIGH = 28;

// `where` gives a point's place in pixels. The groups keep the order of the list, so the best match leads its own.
export function grouped(points, where) {
  const groups = [];
  for (const point of points) {
    const at = where(point);
    const beside = groups.find(({ middle }) => Math.abs(middle.x - at.x) < WIDE && Math.abs(middle.y - at.y) < HIGH);
    if (!beside) {
      groups.push({ middle: at, points: [point] });
    } else if (!beside.points.some(({ path }) => path === point.path)) {
      beside.points.push(point);
    }
  }
  return groups.map((group) => group.points);
}
