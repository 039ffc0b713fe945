// Follows the mailings that are running: asks for counts alone, and stops once all are done.
const list = document.querySelector("[data-progress]");
const EVERY = 2000;

function show(mailing) {
  const row = list.querySelector(`[data-run="${Number(mailing.id)}"]`);
  if (!row) return;
  if (mailing.gone !== null) row.querySelector("progress").value = mailing.gone;
  row.querySelector(".standing").textContent = mailing.text;
}

async function follow() {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(list.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const mailings = await answer.json();
      mailings.forEach(show);
      if (!mailings.some((mailing) => mailing.running)) return;
    } catch {
      // The server is away for a moment: the page stays as it is, and asks again.
    }
  }
  setTimeout(follow, EVERY);
}

if (list?.querySelector("[data-running]")) setTimeout(follow, EVERY);
