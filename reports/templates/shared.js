'use strict';
// What the scripts of all pages share.
const shared = (() => {
  const element = (id) => document.getElementById(id);
  const make = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Amounts are strings of digits: numbers could not hold them all.
  const pointed = (minor, digits) => {
    if (!digits) return [minor, ''];
    const padded = minor.padStart(digits + 1, '0');
    return [padded.slice(0, -digits), '.' + padded.slice(-digits)];
  };
  const plain = (minor, digits) => {
    if (!minor) return '';
    const sign = minor[0] === '-' ? '-' : '';
    return sign + pointed(minor.slice(sign.length), digits).join('');
  };
  const amount = (minor, digits) => {
    if (!minor) return '';
    const sign = minor[0] === '-' ? '−' : '';
    const [whole, fraction] = pointed(minor.slice(sign.length), digits);
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction;
  };
  const grouped = (count) => amount(String(count), 0);

  const compareText = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
  // Words to search for; an amount as people write it is found as programs write it.
  const words = (query) => query.toLowerCase().split(/\s+/).filter(Boolean)
    .map((word) => (/^[−-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(word) ? word.replaceAll(',', '').replace('−', '-') : word));

  // Buttons that turn the pages of a list of so many rows.
  const pager = ([previous, next, text], pageRows, show) => {
    let number = 0;
    let total = 0;
    const draw = () => {
      const pages = Math.max(1, Math.ceil(total / pageRows));
      number = Math.min(Math.max(number, 0), pages - 1);
      show(number * pageRows, Math.min(total, (number + 1) * pageRows));
      text.textContent = `Page ${grouped(number + 1)} of ${grouped(pages)}`;
      previous.disabled = number === 0;
      next.disabled = number === pages - 1;
    };
    const turn = (step) => {
      number += step;
      draw();
      previous.closest('.explorer, section').scrollIntoView({ block: 'start' });
    };
    previous.addEventListener('click', () => turn(-1));
    next.addEventListener('click', () => turn(1));
    return (rows) => {
      total = rows;
      number = 0;
      draw();
    };
  };

  // Headings that sort a table: each click turns the order around.
  const sorter = (buttons, change) => {
    let sort = { column: '', isDescending: false };
    for (const button of buttons) {
      button.addEventListener('click', () => {
        const column = button.dataset.sort;
        const isDescending = sort.column === column && !sort.isDescending;
        sort = { column, isDescending };
        for (const other of buttons) {
          const direction = isDescending ? 'descending' : 'ascending';
          other.closest('th').setAttribute('aria-sort', other === button ? direction : 'none');
        }
        change(sort);
      });
    }
  };
  return { element, make, plain, amount, grouped, compareText, words, pager, sorter };
})();
