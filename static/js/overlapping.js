// What one click cannot do without a script: send two requests that overlap.

// The answer to a POST here is a redirect. It is not followed: the page shows the rest itself.
const post = (url, body) => fetch(url, { method: "POST", body, redirect: "manual" });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Where the page is shown anew, the form is one of those that lesson.js notes when it is submitted:
// it leads the reader back to the button and to the outcome.

// Two requests for a counter: set it to zero, send A and B together, show the page anew.
for (const counters of document.querySelectorAll("[data-overlapping]")) {
  counters.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    const start = new FormData(counters, button);
    for (const each of document.querySelectorAll("[data-overlapping] button")) each.disabled = true;
    await post(location.pathname, start);
    await Promise.all(
      ["A", "B"].map((who) => {
        const order = new FormData(counters);
        order.set("who", who);
        return post(button.dataset.url, order);
      }),
    );
    location.reload();
  });
}

// A request that saves slowly, and, in the middle of its wait, one that deletes the row.
const interrupted = document.querySelector("[data-interrupted]");

async function send(name, began) {
  const [sent, answered, outcome] = document.querySelectorAll(
    `[data-request="${name}"] :is(td:not(:last-child), bdi)`,
  );
  const clock = () => Math.round(performance.now() - began);
  sent.textContent = clock();
  outcome.textContent = "…";
  const answer = await post(interrupted.dataset[name], new FormData(interrupted));
  answered.textContent = clock();
  outcome.textContent = answer.type === "opaqueredirect" ? "a redirect" : await inWords(answer);
}

// Not by parsing it: the browser would complain here about what that page may not load.
async function inWords(answer) {
  const title = (await answer.text()).match(/<title>([^<]*)</)?.[1] ?? "";
  // Django's technical page adds the path, which the table has no room for.
  return `${answer.status} ${title.replace(/\s+at \/.*/s, "").trim()}`;
}

if (interrupted) {
  const part = interrupted.querySelector("[data-needs-script]");
  const button = part.querySelector("button");
  part.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    await post(location.pathname, new FormData(interrupted));
    const began = performance.now();
    await Promise.all([send("slow", began), pause(250).then(() => send("flush", began))]);
    button.disabled = false;
    button.focus({ preventScroll: true });
  });
}

// The same under five engines: store a visit, save slowly, sign out, and show the page anew.
const overtaken = document.querySelector("[data-overtaken]");

if (overtaken) {
  const part = overtaken.querySelector("[data-needs-script]");
  const button = part.querySelector("button");
  const act = (action) => {
    const body = new FormData(overtaken);
    body.set("action", action);
    return post(location.pathname, body);
  };
  part.hidden = false;
  overtaken.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await act("store");
    const slow = post(overtaken.dataset.slow, new FormData(overtaken));
    await pause(250);
    await act("sign_out");
    await slow;
    location.reload();
  });
}
