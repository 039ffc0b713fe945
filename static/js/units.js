// How far sheets and reports are, without reloading by hand. Where anything fails, the link "Look again" stays.

const SECONDS = 3;
const place = document.querySelector("#progress");

async function look() {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("#progress");
  if (!now) return;
  place.replaceChildren(...now.childNodes);
  place.toggleAttribute("data-writing", now.hasAttribute("data-writing"));
  wait();
}

function wait() {
  if (place.hasAttribute("data-writing")) setTimeout(() => look().catch(() => {}), SECONDS * 1000);
}

// Whoever asks for a file waits in the same page, which says meanwhile how many others do.
for (const list of document.querySelectorAll("[data-written]")) {
  list.addEventListener("click", (event) => {
    if (!event.target.closest("a") || !place || place.hasAttribute("data-writing")) return;
    place.toggleAttribute("data-writing", true);
    wait();
  });
}

if (place) wait();
