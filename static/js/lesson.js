// A lesson page: keep the reader where they clicked, and the prediction across the click that tests
// it. What is kept stays in this tab, for the reader alone.

const kept = (key) => JSON.parse(sessionStorage.getItem(key) ?? "null");
const keep = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));

// Where the click was
//
// Without this script a form or a link leads to the outcome by its fragment, and the page jumps.
// With it the fragment is dropped, and the page comes back as it stood.

const controls = () => [...document.querySelectorAll("main :is(button, a[href])")];
const named = (control) => `${control.localName} ${control.name} ${control.value} ${control.textContent}`;

function remember(control, element, attribute) {
  const [address, outcome] = element.getAttribute(attribute).split("#");
  if (!document.getElementById(outcome)?.matches(".outcome")) return;
  keep("click", { path: location.pathname, top: scrollY, control: named(control), outcome });
  // Without an address it would be the page's own, whose fragment the redirect inherits.
  element.setAttribute(attribute, address || location.pathname + location.search);
}

addEventListener("submit", ({ target, submitter }) => {
  if (submitter?.hasAttribute("formaction")) remember(submitter, submitter, "formaction");
  else if (submitter && target.hasAttribute("action")) remember(submitter, target, "action");
});

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link?.search && !event.ctrlKey && !event.metaKey && !event.shiftKey) remember(link, link, "href");
});

function leadBack() {
  // By a link of another page. `:target` does not match yet.
  const led = document.getElementById(location.hash.slice(1));
  if (led?.matches(".outcome")) led.dataset.clicked = "";
  const click = kept("click");
  sessionStorage.removeItem("click");
  if (click?.path !== location.pathname) return;
  const outcome = document.getElementById(click.outcome);
  if (!outcome) return;
  outcome.dataset.clicked = "";
  scrollTo({ top: click.top, behavior: "instant" });
  const pressed = controls().find((control) => named(control) === click.control) ?? outcome;
  pressed.focus({ preventScroll: true });
  const { top, bottom } = outcome.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) outcome.scrollIntoView({ block: "center", behavior: "instant" });
}

// What came of it

const outcomes = [...document.querySelectorAll(".outcome")];
const shownOutcome = () => outcomes.find((each) => each.checkVisibility());

// A page that has just been loaded is no change to a screen reader: say it in a live region.
const announcer = document.createElement("p");
announcer.className = "unseen";
announcer.setAttribute("role", "status");
document.querySelector("main").append(announcer);

function announce() {
  const outcome = shownOutcome();
  // It must be there, empty, for a moment, or nothing is said.
  if (outcome) setTimeout(() => (announcer.textContent = `${outcome.textContent} ${held.textContent}`), 200);
}

// Did the prediction hold?

const choices = [...document.querySelectorAll('[name="prediction"]')];
const question = choices[0]?.closest("fieldset");
const answer = document.getElementById("answer");
const why = document.querySelector("#compare a");
const held = document.querySelector("[data-held]");
const text = (choice) => choice.closest("label").textContent.trim();
const right = choices.find((choice) => "right" in choice.dataset);

// The lesson says after which kinds of headline its question is settled, or that it is settled now.
function isSettled() {
  const outcome = shownOutcome();
  // What a trap did is no answer to the question.
  if (outcome?.id !== "outcome" || !question) return false;
  const kind = outcome.firstElementChild?.dataset.kind;
  return "settled" in question.dataset || (question.dataset.settledBy ?? "").split(" ").includes(kind);
}

function settle() {
  if (!isSettled()) return;
  const choice = choices.find((each) => each.checked);
  const all = kept("predictions") ?? {};
  // Only the first one counts: after it, the answer is known.
  if (choice && !(location.pathname in all)) keep("predictions", { ...all, [location.pathname]: choice === right });
  tell(choice);
  answer.dataset.open = "";
  why.textContent = "Read why";
}

function tell(choice) {
  const all = Object.values(kept("predictions") ?? {});
  const score = all.length > 1 ? ` In this tab ${all.filter(Boolean).length} of ${all.length} held.` : "";
  if (!choice) held.textContent = `What happened: “${text(right)}”.`;
  else if (choice === right) held.textContent = `Your prediction held.${score}`;
  else held.textContent = `Your prediction did not hold. What happened: “${text(right)}”.${score}`;
}

for (const choice of choices) {
  choice.checked = sessionStorage.getItem(`prediction ${location.pathname}`) === choice.value;
  choice.addEventListener("change", () => {
    sessionStorage.setItem(`prediction ${location.pathname}`, choice.value);
  });
}

// By the link the reader asks for the answer, act or no act.
why?.addEventListener("click", () => (answer.dataset.open = ""));

// What a script in this page did comes to the panel later, whose headline is a live region too.
addEventListener("live-panel:news", () => {
  if ("open" in answer.dataset) return;
  settle();
  announcer.textContent = held.textContent;
});

leadBack();
settle();
announce();

try {
  localStorage.setItem(`visited ${location.pathname}`, Date.now()); // for home
} catch {
  // Storage is forbidden or full: then home marks less.
}
