// Makes the pages better where scripts run; everything works without.

// Three times Escape within two seconds, or the button: the page is replaced, so that "back" does not lead here.
const leave = () => {
  document.documentElement.hidden = true;
  try {
    top.location.replace(document.body.dataset.exit);
  } catch {
    location.replace(document.body.dataset.exit);
  }
};
let presses = [];
addEventListener('keydown', event => {
  if (event.key !== 'Escape') {
    presses = [];
    return;
  }
  presses = [...presses.filter(time => event.timeStamp - time < 2000), event.timeStamp];
  if (presses.length === 3) {
    leave();
  }
});
addEventListener('click', event => {
  const target = event.target.closest('a.leave, button.copy');
  if (target?.matches('a.leave')) {
    event.preventDefault();
    leave();
  } else if (target) {
    const from = document.getElementById(target.dataset.from);
    navigator.clipboard.writeText(from ? from.innerText : new URL(target.dataset.link, location.href).href)
      .then(() => { document.querySelector('p[role=status]').textContent = target.dataset.copied; });
  }
});
for (const button of document.querySelectorAll('button.copy')) {
  button.hidden = !navigator.clipboard;
}
for (const button of document.querySelectorAll('button.print')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// "Something else" opens the search box instead of asking the server for it.
document.querySelector('.needs button[value=else]')?.addEventListener('click', event => {
  event.preventDefault();
  const ask = document.querySelector('.ask');
  ask.open = true;
  ask.querySelector('input').focus();
});

// Results link to the style sheet that the first page has in itself; it is fetched ahead of them.
const styles = document.querySelector('meta[name=styles]');
if (styles && document.querySelector('.needs')) {
  fetch(styles.content, { priority: 'low' }).catch(() => {});
}

// suggest.js stands before this file.
const box = document.querySelector('[data-suggest] [type=search]');
if (box) {
  suggest(box, box.form.dataset.suggest, (text, link) => {
    if (link) {
      location.assign(link);
    } else {
      box.value = text;
      box.form.requestSubmit(box.form.querySelector('.go'));
    }
  });
}

// More results are added below, so that the reader's place is kept.
addEventListener('submit', async event => {
  const form = event.target;
  if (!form.matches('form.more')) {
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  const values = new URLSearchParams(new FormData(form));
  values.set('page', button.value);
  try {
    const answer = await fetch(form.action, { method: 'POST', body: values });
    if (!answer.ok) {
      throw answer;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const cards = [...page.querySelectorAll('.cards > li')];
    document.querySelector('.cards').append(...cards);
    cards[0]?.querySelector('a').focus();
    const next = page.querySelector('form.more');
    next ? form.replaceWith(next) : form.remove();
  } catch {
    const place = document.createElement('input');
    Object.assign(place, { type: 'hidden', name: 'page', value: button.value });
    form.append(place);
    form.submit();
  }
});
// After a search the heading is read out, and keyboards go on from there.
document.getElementById('results')?.focus({ preventScroll: true });
