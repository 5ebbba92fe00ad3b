// Whether somebody has typed into a form of this page that is not sent yet.
let isTyped = false;

document.addEventListener("input", ({ target }) => {
  isTyped ||= target.form?.method === "post";
});
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  isTyped &&= defaultPrevented || target.method !== "post";
});

export function typed() {
  return isTyped;
}
