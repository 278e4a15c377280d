// Mark the lessons that this browser has visited, and offer to go on with the latest of them.
// `lesson.js` keeps when each was opened in local storage, which no request carries.

const PREFIX = "visited ";

const lessons = new Map(
  [...document.querySelectorAll("#course a")].map((link) => [link.pathname, link]),
);
const note = document.getElementById("visited");

// Return the paths of the visited lessons, the latest last.
function visited() {
  try {
    const times = Object.entries(localStorage).filter(([key]) => key.startsWith(PREFIX));
    return times.sort(([, a], [, b]) => a - b).map(([key]) => key.slice(PREFIX.length));
  } catch {
    return []; // Storage is forbidden here.
  }
}

function show() {
  for (const mark of document.querySelectorAll("#course .visited")) mark.remove();
  const links = visited().flatMap((path) => lessons.get(path) ?? []);
  for (const link of links) link.after(" ", visitedMark());
  note.hidden = links.length === 0;
  if (links.length) offer(links.at(-1));
}

function visitedMark() {
  const mark = document.createElement("small");
  mark.className = "visited";
  mark.textContent = "visited";
  return mark;
}

function offer(link) {
  const learn = document.getElementById("learn");
  learn.href = link.href;
  learn.querySelector("span").textContent = `Go on with “${link.textContent}”`;
}

note.querySelector("button").addEventListener("click", () => {
  for (const path of visited()) localStorage.removeItem(PREFIX + path);
  location.reload();
});

// A page that the browser kept and shows again does not run its script again.
addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
