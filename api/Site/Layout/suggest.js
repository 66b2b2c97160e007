// Suggestions while typing: a combobox with a list (ARIA Authoring Practices). What is typed goes to the directory by POST and is kept nowhere.
// The pages and the embed share it. The answer is parsed as a document in which nothing runs, and only what host pages leave alone is used.
export const suggest = (box, address, choose) => {
  const root = box.getRootNode();
  const said = box.ownerDocument.createElement('span');
  said.className = 'hidden';
  said.setAttribute('role', 'status');
  box.parentNode.insertBefore(said, box.nextSibling);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', 'suggestions']]) {
    box.setAttribute(name, value);
  }
  let list, timer, request;
  const chosen = () => list?.querySelector('[aria-selected=true]');
  const close = () => {
    clearTimeout(timer);
    request?.abort();
    list?.parentNode.removeChild(list);
    list = null;
    said.textContent = '';
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };
  const take = option => {
    const { text, link } = option.dataset;
    close();
    choose(text, link);
  };
  const ask = () => {
    request?.abort();
    request = new XMLHttpRequest();
    request.onload = () => {
      const next = request.response?.querySelector('ul'), was = chosen()?.dataset.text;
      close();
      if (next?.children.length && root.activeElement === box) {
        list = next;
        box.parentNode.insertBefore(list, box.nextSibling);
        box.setAttribute('aria-expanded', 'true');
        said.textContent = list.dataset.said;
        // On a phone, a bar lies over the lower edge of a page of ours.
        if (root === box.ownerDocument && list.getBoundingClientRect().bottom > innerHeight * .85) {
          box.scrollIntoView();
        }
        list.addEventListener('mousedown', event => event.preventDefault());
        list.addEventListener('click', event => {
          const option = event.target.closest('li');
          if (option) {
            take(option);
          }
        });
        // A late answer keeps what the reader has chosen meanwhile.
        const again = was && [...list.children].find(option => option.dataset.text === was);
        if (again) {
          move(again);
        }
      }
    };
    request.onerror = close;
    request.open('POST', address);
    request.responseType = 'document';
    request.send(new URLSearchParams({ q: box.value }));
  };
  const move = option => {
    chosen()?.setAttribute('aria-selected', 'false');
    option.setAttribute('aria-selected', 'true');
    box.setAttribute('aria-activedescendant', option.id);
  };
  box.addEventListener('input', () => {
    clearTimeout(timer);
    if (!/\S.*\S/.test(box.value)) {
      close();
    } else {
      timer = setTimeout(ask, 150);
    }
  });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', event => {
    const at = chosen();
    if (event.key === 'Escape' && list) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && at) {
      event.preventDefault();
      take(at);
    } else if (list && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? at?.nextElementSibling ?? list.firstElementChild : at?.previousElementSibling ?? list.lastElementChild);
    }
  });
};
