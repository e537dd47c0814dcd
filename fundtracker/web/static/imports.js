// A file that is being read: how far it has got, asked for every second, and its page as soon as it is there.
const place = document.querySelector("[data-progress]");

async function ask() {
  const answer = await fetch(place.dataset.progress);
  if (!answer.ok) return window.location.reload();
  const told = await answer.json();
  if (told.over) return window.location.reload();
  show(told);
  setTimeout(() => ask().catch(later), 1000);
}

function show(told) {
  const bar = place.querySelector("progress");
  if (told.of) {
    bar.max = told.of;
    bar.value = told.done;
  } else {
    bar.removeAttribute("value");
  }
  place.querySelector("[data-said]").textContent = told.said;
}

function later() {
  setTimeout(() => ask().catch(later), 5000);
}

if (place) setTimeout(() => ask().catch(later), 500);
