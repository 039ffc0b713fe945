// How far the sheets are, without reloading by hand. Where anything fails, the link "Look again" stays.

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

if (place) wait();
