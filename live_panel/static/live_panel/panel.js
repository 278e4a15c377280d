// Keep the panel up to date, and explain its pieces where they stand.
//
// While the page is visible it asks for news at its own URL, so that the browser attaches exactly
// the cookies that it would attach to this page. What the reader has focused, opened or selected
// stays as it is.

const root = document.getElementById("live-panel");
const status = root.querySelector(".lp-status");
const often = 1000; // milliseconds
const seldom = 5000;
let quiet = 0; // questions without news since the last one
let paused = false;
let timer;

// The markup of each part as it came, before this script changed it.
const asSent = new Map(
  [...root.querySelectorAll("[data-lp-part]")].map((part) => [part.dataset.lpPart, part.innerHTML]),
);

const byPart = (name, scope = root) => scope.querySelector(`[data-lp-part="${name}"]`);

function ask(what, headers = {}) {
  return fetch(location.pathname + location.search, {
    headers: { "Live-Panel": what, ...headers },
    cache: "no-store",
    redirect: "error",
  });
}

// Refresh

async function refresh() {
  const response = await ask(`refresh ${root.dataset.time}`, { "If-None-Match": root.dataset.tag });
  if (response.status === 304) return "watching";
  if (response.status !== 200 || !response.headers.has("ETag")) return "the panel cannot look";
  const markup = await response.text();
  if (isBusy()) return "watching";
  root.dataset.tag = response.headers.get("ETag");
  quiet = 0;
  show(markup);
  return "watching";
}

// The reader has selected text here, or reads an explanation: show the news afterward.
function isBusy() {
  const selection = getSelection();
  const selects = !selection.isCollapsed && root.contains(selection.anchorNode);
  return selects || popover.matches(":popover-open");
}

function show(markup) {
  const answer = document.createElement("template");
  answer.innerHTML = markup;
  const opened = new Map([...root.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
  const reading = [...root.querySelectorAll("[data-exchange]:has(.lp-more[open])")];
  const unfolded = [...root.querySelectorAll(".lp-opened")];
  const focus = placeOfFocus();
  for (const part of answer.content.querySelectorAll("[data-lp-part]")) {
    const old = byPart(part.dataset.lpPart);
    if (!old) continue;
    if (part.dataset.lpPart === "headline") say(old, part);
    else if (asSent.get(part.dataset.lpPart) !== part.innerHTML) {
      asSent.set(part.dataset.lpPart, part.innerHTML);
      if (part.dataset.lpPart === "now") markArrivals(old, part);
      old.replaceChildren(...part.childNodes);
    }
  }
  for (const details of root.querySelectorAll("details[id]")) {
    if (opened.has(details.id)) details.open = opened.get(details.id);
  }
  // What the reader had open in the last story goes on being open where it is now.
  for (const exchange of reading) {
    if (!document.getElementById(exchange.id)) unfold(exchange.id.slice(3), exchange.cloneNode(true));
  }
  for (const each of unfolded) unfold(each.dataset.number, ...each.childNodes);
  enhance();
  focus?.();
  root.dispatchEvent(new Event("live-panel:news", { bubbles: true }));
}

// The headline is the live region: it stays in the page, and changes only when its words do. Its
// copies, which a page has beside its buttons, follow it.
function say(headline, part) {
  for (const each of [headline, ...document.querySelectorAll("[data-lp-headline]")]) {
    each.dataset.kind = part.dataset.kind;
    each.toggleAttribute("data-acted", "acted" in part.dataset);
    if (each.innerHTML !== part.innerHTML) each.innerHTML = part.innerHTML;
  }
}

// Return a function that focuses what is focused now, wherever it stands then.
function placeOfFocus() {
  const focused = document.activeElement;
  if (!root.contains(focused)) return null;
  const part = focused.closest("[data-lp-part]")?.dataset.lpPart;
  const exchange = focused.closest("[data-exchange]")?.id;
  const number = focused.closest("[data-earlier]")?.dataset.earlier;
  const scope = () => (exchange && document.getElementById(exchange)) || (part && byPart(part)) || root;
  const alike = () => [...scope().querySelectorAll(`${focused.localName}`)];
  const place = alike().indexOf(focused);
  return () => {
    if (root.contains(document.activeElement)) return;
    const target = number ? root.querySelector(`[data-earlier="${number}"] > a`) : alike()[place];
    target?.focus({ preventScroll: true });
  };
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

async function watch() {
  clearTimeout(timer);
  if (document.visibilityState === "visible" && !paused) {
    let word;
    try {
      word = await refresh();
    } catch {
      word = "the server does not answer";
    }
    if (!paused && status.textContent !== word) status.textContent = word;
  }
  quiet += 1;
  clearTimeout(timer);
  timer = setTimeout(watch, quiet < 60 ? often : seldom);
}

document.addEventListener("visibilitychange", () => {
  quiet = 0;
  if (document.visibilityState === "visible") watch();
});
addEventListener("pointerdown", () => (quiet = 0));
addEventListener("keydown", () => (quiet = 0));

const pause = document.createElement("button");
pause.type = "button";
pause.className = "lp-pause";
pause.textContent = "Pause";
pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? "Go on" : "Pause";
  status.textContent = paused ? "paused" : "watching";
  if (!paused) watch();
});
root.querySelector(".lp-top").append(pause);

// Pieces: a line is one tab stop, the arrow keys go from piece to piece in it

const popover = document.createElement("div");
popover.className = "lp-explanation";
popover.popover = "auto";
popover.innerHTML = '<p id="lp-sentence"></p><button type="button"></button>';
root.append(popover);
const [sentence, copy] = popover.children;
let explained;
let fromKeyboard = false;

// Only while it has the focus: what can be focused by mouse cannot be selected by dragging.
function focusPiece(piece) {
  piece.tabIndex = -1;
  piece.addEventListener("blur", () => piece.removeAttribute("tabindex"), { once: true });
  piece.focus();
}

function enhance() {
  for (const line of root.querySelectorAll(".lp-line:not([tabindex])")) {
    line.tabIndex = 0;
    line.setAttribute("role", "group");
    const name = line.dataset.panel === "cookie-header" ? "Cookie header" : "Set-Cookie line";
    line.setAttribute("aria-label", `${name}: arrow keys go through its pieces`);
  }
  const links = [...root.querySelectorAll(".lp-earlier a")];
  const hint = byPart("earlier").querySelector("small");
  if (hint) hint.textContent = links.length > 1 ? "↑ and ↓ step, Enter opens" : "Enter opens";
  const current = links.find((link) => link === document.activeElement) ?? links[0];
  for (const link of links) {
    link.tabIndex = link === current ? 0 : -1;
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", String(Boolean(link.parentElement.querySelector(".lp-opened"))));
  }
}

function explain(piece) {
  const about = document.getElementById(`lp-about-${piece.dataset.about}`);
  if (!about) return;
  explained = piece;
  sentence.textContent = about.textContent;
  copy.textContent = "Copy";
  const place = piece.getClientRects()[0];
  if (!popover.matches(":popover-open")) popover.showPopover();
  popover.style.inset = "auto";
  const left = Math.min(place.left, innerWidth - popover.offsetWidth - 8);
  const below = place.bottom + 4;
  const top = below + popover.offsetHeight > innerHeight ? place.top - popover.offsetHeight - 4 : below;
  popover.style.left = `${Math.max(8, left)}px`;
  popover.style.top = `${Math.max(8, top)}px`;
  piece.setAttribute("aria-describedby", "lp-sentence");
}

popover.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  explained?.removeAttribute("aria-describedby");
  // From the button the way leads back to the piece.
  if (document.activeElement === document.body && fromKeyboard) focusPiece(explained);
  fromKeyboard = false;
});

copy.addEventListener("click", async () => {
  const text = explained.textContent;
  try {
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
  } catch {
    // Over plain http from another machine there is no clipboard: select it instead.
    getSelection().selectAllChildren(explained);
    copy.textContent = "Selected: press Ctrl+C";
  }
});

root.addEventListener("click", (event) => {
  const piece = event.target.closest(".lp-line [data-about]");
  if (piece && getSelection().isCollapsed) explain(piece);
  const link = event.target.closest(".lp-earlier a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    toggle(link);
  }
});

// Earlier exchanges open in place

async function toggle(link) {
  const number = link.parentElement.dataset.earlier;
  const opened = link.parentElement.querySelector(".lp-opened");
  if (opened) {
    opened.remove();
  } else {
    try {
      const response = await ask(`exchange ${number}`);
      const answer = document.createElement("template");
      answer.innerHTML = await response.text();
      unfold(number, ...answer.content.childNodes);
    } catch {
      status.textContent = "the server does not answer";
    }
  }
  enhance();
}

function unfold(number, ...nodes) {
  const link = root.querySelector(`[data-earlier="${number}"] > a`);
  if (!link || link.parentElement.querySelector(".lp-opened")) return;
  const box = document.createElement("div");
  box.className = "lp-opened";
  box.dataset.number = number;
  box.append(...nodes);
  link.parentElement.append(box);
}

// The keyboard

root.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const line = target.closest(".lp-line");
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const upright = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (line && sideways) {
    const all = [...line.querySelectorAll("[data-about]")];
    const next = all[all.indexOf(target) + sideways] ?? (sideways < 0 ? line : undefined);
    if (!next) return;
    event.preventDefault();
    if (next === line) {
      line.focus();
      popover.hidePopover();
    } else {
      focusPiece(next);
      explain(next);
    }
  } else if (line && key === "Enter" && target.dataset.about) {
    event.preventDefault();
    explain(target);
    fromKeyboard = true;
    copy.focus();
  } else if (upright && target.matches(".lp-earlier a")) {
    const all = [...root.querySelectorAll(".lp-earlier a")];
    const next = all[all.indexOf(target) + upright];
    if (!next) return;
    event.preventDefault();
    target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  } else if (key === " " && target.matches(".lp-earlier a")) {
    event.preventDefault();
    toggle(target);
  }
});

// Count down what is left of a cookie's life

function countDown() {
  for (const time of root.querySelectorAll("time[data-expires]")) {
    const left = Math.max(0, Math.round(time.dataset.expires - Date.now() / 1000));
    if (left < 3600) {
      const words = left >= 60 ? `${Math.floor(left / 60)} min ${left % 60} s` : `${left} s`;
      if (time.textContent !== words) time.textContent = left ? words : "over";
    }
  }
}

// On a phone only what holds now stands open.

const fold = document.createElement("details");
fold.className = "lp-fold";
fold.innerHTML = "<summary>What crossed, the jar, earlier clicks</summary>";
const rest = ["story", "jar", "earlier", "explained"].map((name) => byPart(name));
const narrow = matchMedia("(max-width: 44rem)");

function foldRest() {
  if (narrow.matches === fold.isConnected) return;
  if (narrow.matches) {
    rest[0].before(fold);
    fold.append(...rest);
  } else fold.replaceWith(...rest);
}

narrow.addEventListener("change", foldRest);
foldRest();

enhance();
setInterval(countDown, 1000);
watch();
