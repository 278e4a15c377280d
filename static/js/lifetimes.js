// What the browser itself says about this page's cookies: whether it has them, and until when.

const cells = document.querySelectorAll("[data-lifetime-of]");

async function held() {
  // Only secure contexts have cookieStore, and not every browser tells the date there.
  if (window.cookieStore) {
    const cookies = await cookieStore.getAll();
    return new Map(cookies.map((cookie) => [cookie.name, cookie.expires]));
  }
  return new Map(document.cookie.split("; ").map((pair) => [pair.split("=")[0], undefined]));
}

function until(expires) {
  if (expires === undefined) return "";
  if (expires === null) return ", until it ends its session";
  const seconds = Math.max(0, Math.round((expires - Date.now()) / 1000));
  return seconds < 86400 ? `, for ${seconds} s more` : `, for ${Math.round(seconds / 86400)} days more`;
}

async function show() {
  const cookies = await held();
  for (const cell of cells) {
    const has = cookies.has(cell.dataset.lifetimeOf);
    if (has) cell.dataset.seen = "";
    const gone = "seen" in cell.dataset ? "no longer" : "no";
    const text = has ? `yes${until(cookies.get(cell.dataset.lifetimeOf))}` : gone;
    if (cell.textContent !== text) cell.textContent = text;
  }
}

show();
setInterval(show, 500);
