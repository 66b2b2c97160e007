// What embeds do after their first view: answer clicks and forms, suggest, copy, print. suggest.js stands before this file. The browser's own
// functions come from embed.js, which took them before the host could change them.
export const start = ({ one, all, matches, read, write, erase, add, drop, swap, focus, listen, find, CSSStyleSheet, FormData, URL, URLSearchParams, pages }) => {
  const { document, location, navigator, print } = window;
  const alone = new CSSStyleSheet();
  alone.replaceSync('@media print{body :not(:has([data-printed])):not([data-printed]){display:none!important}}');

  const copy = (it, button) => {
    const link = new URL(read(button, 'data-link'), pages).href;
    const say = text => {
      it.status.textContent = text;
    };
    navigator.clipboard.writeText(link).then(() => say(read(button, 'data-copied')), () => say(link));
  };

  // Prints this embed alone.
  const printAlone = ({ element }) => {
    const before = [...document.adoptedStyleSheets];
    document.adoptedStyleSheets = [...before, alone];
    write(element, 'data-printed', '');
    listen(window, 'afterprint', () => {
      erase(element, 'data-printed');
      document.adoptedStyleSheets = before;
    }, { once: true });
    print();
  };

  const goBack = it => {
    const to = it.now.before;
    it.stop();
    it.put(to);
    if (to.left) {
      focus(to.left);
    }
    it.complete();
  };

  const follow = (it, link) => {
    // Another language shows the same again, but sends no report twice.
    const { values, address, once } = it.now;
    const again = link.hreflang && !once;
    const url = new URL(again ? address : link.href);
    if (again) {
      url.searchParams.set('lang', link.hreflang);
    }
    it.now.left = link;
    it.load({ address: url.href, values: again && values, user: true });
  };

  return {
    click(it, target) {
      if (matches(target, '.back')) {
        goBack(it);
      } else if (matches(target, '.copy')) {
        copy(it, target);
      } else if (matches(target, '.print')) {
        printAlone(it);
      } else if (matches(target, '.needs *')) {
        const ask = one(it.now.view, '.ask');
        ask.open = true;
        focus(one(ask, 'input'));
      } else {
        follow(it, target);
      }
    },

    submit(it, form, button) {
      const data = new FormData(form), address = read(form, 'action');
      if (button?.name) {
        data.append(button.name, button.value);
      }
      it.now.left = button;
      it.load({ address, values: new URLSearchParams(data), user: true, into: matches(form, '.more') && 'append', once: find(/\/report\?/, address) });
    },

    // The next page of results, below those that are shown.
    append({ now }, page) {
      const list = one(now.view, '.cards'), form = one(now.view, 'form.more'), cards = all(page, '.cards > li'), next = one(page, 'form.more');
      for (const card of cards) {
        add(list, card);
      }
      next ? swap(form.parentNode, next, form) : drop(form.parentNode, form);
      if (cards[0]) {
        focus(one(cards[0], 'a'));
      }
    },

    // What the first view left out: the filters, the other results, and what stands below them.
    complete({ now }, page) {
      const mark = one(now.view, '.rest'), list = one(now.view, '.cards'), side = one(now.view, '.side'), rest = one(page, '.cards'), filters = one(page, '.side');
      drop(mark.parentNode, mark);
      if (!rest) {
        return;
      }
      while (rest.firstChild) {
        add(list, rest.firstChild);
      }
      while (rest.nextSibling) {
        add(list.parentNode, rest.nextSibling);
      }
      if (side && filters) {
        swap(side.parentNode, filters, side);
      }
    },

    // The search box suggests as soon as somebody goes into it.
    suggest(it, input) {
      if (read(input, 'data-suggests')) {
        return;
      }
      write(input, 'data-suggests', 'true');
      const { form } = input;
      const choose = (text, link) => {
        if (!link) {
          input.value = text;
          form.requestSubmit(one(form, '.go'));
        } else if (link[0] === '/') {
          it.now.left = input;
          it.load({ address: new URL(link, pages).href, user: true });
        } else {
          location.assign(link);
        }
      };
      try {
        suggest(input, new URL(read(form, 'data-suggest'), pages).href, choose);
      } catch {
        // The host has changed too much: the box is still a box.
      }
    },
  };
};
