// Keep the panel up to date: while the page is visible, ask once a second at the page's own URL,
// so that the browser attaches exactly the cookies that it would attach to this page.

const root = document.getElementById("live-panel");
const status = root.querySelector(".lp-status");
const every = 1000; // milliseconds
const FOCUSABLE = "button, summary";

async function refresh() {
  const response = await fetch(location.pathname + location.search, {
    headers: { "Live-Panel": "refresh", "If-None-Match": root.dataset.tag },
    cache: "no-store",
    redirect: "error",
  });
  if (response.status === 200 && response.headers.has("ETag")) {
    root.dataset.tag = response.headers.get("ETag");
    show(await response.text());
  }
}

// Replace the parts that the answer brought, but keep the focus and what the reader has unfolded.
function show(markup) {
  const answer = document.createElement("template");
  answer.innerHTML = markup;
  for (const part of [...answer.content.children]) {
    const old = root.querySelector(`[data-lp-part="${part.dataset.lpPart}"]`);
    const isKnown = new Map([...old.querySelectorAll("details")].map((each) => [each.id, each.open]));
    for (const details of part.querySelectorAll("details")) {
      if (isKnown.has(details.id)) details.open = isKnown.get(details.id);
    }
    markArrivals(old, part);
    const focused = [...old.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
    old.replaceWith(part);
    part.querySelectorAll(FOCUSABLE)[focused]?.focus({ preventScroll: true });
  }
}

// Mark the lines of "now" that were not there before.
function markArrivals(old, part) {
  const lines = ".lp-pair, .lp-item, .lp-key";
  const text = (line) => line.textContent.replace(/[;,]\s*$/, "").trim();
  const before = new Set([...old.querySelectorAll(lines)].map(text));
  for (const line of part.querySelectorAll(lines)) {
    if (!before.has(text(line))) line.classList.add("lp-arrived");
  }
}

// Step from one exchange to the next with the arrow keys, unfolding where the reader stands.
root.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const current = event.target.closest("summary");
  if (!step || !current) return;
  const all = [...root.querySelectorAll("[data-exchange]")];
  const next = all[all.indexOf(current.parentElement) + step];
  if (!next) return;
  event.preventDefault();
  current.parentElement.open = false;
  next.open = true;
  next.querySelector("summary").focus();
});

async function watch() {
  if (document.visibilityState === "visible") {
    try {
      await refresh();
      status.textContent = "watching";
    } catch {
      status.textContent = "the server does not answer";
    }
  }
  setTimeout(watch, every);
}

watch();
