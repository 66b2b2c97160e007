// Fills in a template in the browser. It makes no request and stores nothing; there is no form that could be sent.
const fields = document.querySelector('.fields');
const inputs = [...fields.querySelectorAll('[data-code]')];
const status = document.getElementById('fill-status');
const papers = [...document.querySelectorAll('.form-text')];
const blanks = new Map([...document.querySelectorAll('[data-field]')].map(blank => [blank, [...blank.childNodes]]));

const valueOf = (input, language) => input.type === 'checkbox' ? input.checked
  : input.type === 'date' && input.value ? new Date(`${input.value}T12:00`).toLocaleDateString(language, { dateStyle: 'long' })
  : input.value.trim();

const show = () => {
  const byCode = new Map(inputs.map(input => [input.dataset.code, input]));
  for (const [blank, empty] of blanks) {
    const input = byCode.get(blank.dataset.field);
    const value = input ? valueOf(input, blank.closest('[lang]').lang) : '';
    if ('check' in blank.dataset) {
      blank.textContent = value ? '☒' : '☐';
    } else {
      blank.classList.toggle('filled', Boolean(value));
      value ? blank.replaceChildren(value) : blank.replaceChildren(...empty);
    }
  }
  for (const part of document.querySelectorAll('[data-part]')) {
    part.hidden = !byCode.get(part.dataset.part)?.checked;
  }
};

const remind = () => {
  const missing = inputs.filter(input => input.getAttribute('aria-required') === 'true' && !input.value.trim()).map(input => fields.querySelector(`label[for="${input.id}"]`).textContent);
  status.textContent = missing.length ? fields.dataset.needed.replace('{fields}', missing.join(', ')) : '';
};

const clear = () => {
  for (const input of inputs) {
    input.type === 'checkbox' ? input.checked = input.defaultChecked : input.value = '';
  }
  show();
};

fields.hidden = false;
for (const pick of document.querySelectorAll('.pick')) {
  pick.remove();
}
// Some browsers bring back what was typed before a reload.
clear();
fields.addEventListener('input', show);
fields.querySelector('.clear').addEventListener('click', () => {
  clear();
  status.textContent = fields.dataset.cleared;
  inputs[0]?.focus();
});
fields.querySelector('.print').addEventListener('click', remind);
fields.querySelector('.save').addEventListener('click', () => {
  remind();
  const text = papers.map(paper => paper.innerText.trim()).join('\n\n— — —\n\n');
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([text + '\n'], { type: 'text/plain;charset=utf-8' }));
  Object.assign(link, { href: address, download: `${fields.dataset.slug}.txt` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
});
// Whoever uses this computer next finds nothing by going back.
addEventListener('pagehide', clear);
