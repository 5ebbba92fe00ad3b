// The way back above a listing leads to the search that it was found by. Without this file it leads to the whole list.
export function startBack() {
  const link = document.querySelector("a[data-way-back]");
  if (!link || !document.referrer) return;
  const from = new URL(document.referrer);
  if (from.origin === location.origin && from.pathname === link.pathname && from.search) {
    link.href = from.href;
    link.textContent = link.dataset.wayBack;
  }
}
