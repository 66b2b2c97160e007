// Shows what was chosen at once, and copies the code. Without scripts the button shows it.
const form = document.querySelector('.builder');
const said = document.querySelector('p[role=status]');
const offerCopies = () => {
  for (const button of document.querySelectorAll('.code button')) {
    button.hidden = !navigator.clipboard;
  }
};
let asked;
form.addEventListener('change', async () => {
  const mine = asked = {};
  const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (asked === mine && answer.ok) {
    document.querySelector('.built').replaceWith(page.querySelector('.built'));
    said.textContent = '';
    offerCopies();
  }
});
addEventListener('click', async event => {
  const button = event.target.closest('.code button');
  if (button) {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    said.textContent = said.dataset.copied;
    button.after(said);
  }
});
offerCopies();
