'use strict';
(() => {
  const { element, make, grouped, compareText } = shared;
  const pageRows = 50;

  // Print all details, expanded or not.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    opened = [];
  });

  const source = element('findings-data');
  if (!source) return;
  const data = JSON.parse(source.textContent);
  // Free the text, which takes as much memory again.
  source.firstChild.remove();
  const rows = data.rows;
  const total = rows.length;
  const [CODE, FILE, RECORD, OFFSET, ENTRY, FIELD, ACCOUNT, CURRENCY, LAYER, DEBIT, CREDIT, MESSAGE] =
    Array(12).keys();

  const plain = (minor, currency) => shared.plain(minor, data.digits[currency]);
  const amount = (minor, currency) => shared.amount(minor, data.digits[currency]);

  // The searchable texts, built once, in slices while the browser is idle.
  const haystacks = new Array(total);
  let built = 0;
  const build = (end) => {
    for (; built < end; built += 1) {
      const row = rows[built];
      haystacks[built] = [
        data.codes[row[CODE]], data.severities[row[CODE]], data.files[row[FILE]] || '', row[RECORD],
        row[ENTRY], row[FIELD], row[ACCOUNT], row[CURRENCY], row[LAYER], row[DEBIT], row[CREDIT],
        plain(row[DEBIT], row[CURRENCY]), plain(row[CREDIT], row[CURRENCY]), row[MESSAGE],
      ].join('\n').toLowerCase();
    }
  };
  const idle = globalThis.requestIdleCallback || ((work) => setTimeout(work, 1));
  const prepare = () => {
    build(Math.min(total, built + 5000));
    if (built < total) idle(prepare);
  };
  idle(prepare);

  const magnitude = (text) => (text[0] === '-' ? text.slice(1) : text);
  const compareMinor = (left, right) => {
    const signs = (right[0] === '-') - (left[0] === '-');
    if (signs) return signs;
    const [a, b] = [magnitude(left), magnitude(right)];
    const order = a.length - b.length || compareText(a, b);
    return left[0] === '-' ? -order : order;
  };
  const comparisons = {
    code: (a, b) => a[CODE] - b[CODE],
    place: (a, b) => compareText(data.files[a[FILE]] || '', data.files[b[FILE]] || '') || a[RECORD] - b[RECORD],
    account: (a, b) => compareText(a[ACCOUNT], b[ACCOUNT]),
    debit: (a, b) => compareMinor(a[DEBIT], b[DEBIT]),
    credit: (a, b) => compareMinor(a[CREDIT], b[CREDIT]),
    message: (a, b) => compareText(a[MESSAGE], b[MESSAGE]),
  };
  // The order of all rows by a column, sorted once.
  const orders = {};
  const order = (column) => {
    if (!column) return null;
    if (!orders[column]) {
      const compare = comparisons[column];
      orders[column] = Uint32Array.from(rows.keys()).sort((a, b) => compare(rows[a], rows[b]) || a - b);
    }
    return orders[column];
  };

  const [query, code, body, result] = ['query', 'code', 'rows', 'result'].map(element);
  let sort = { column: '', isDescending: false };
  let found = [];

  const select = () => {
    const words = shared.words(query.value);
    if (words.length) build(total);
    const wanted = code.value === '' ? -1 : Number(code.value);
    const sorted = order(sort.column);
    found = [];
    for (let position = 0; position < total; position += 1) {
      const index = sorted ? sorted[sort.isDescending ? total - 1 - position : position] : position;
      if (wanted >= 0 && rows[index][CODE] !== wanted) continue;
      const haystack = haystacks[index];
      if (words.every((word) => haystack.includes(word))) found.push(index);
    }
    list(found.length);
  };

  const cell = (className, label, ...content) => {
    const made = make('td', className);
    made.setAttribute('role', 'cell');
    made.dataset.label = label;
    made.append(...content);
    return made;
  };
  const amountCell = (label, minor, currency) => {
    const value = make('data', '', amount(minor, currency));
    value.value = minor;
    return cell('n', label, value);
  };
  const rowOf = (index) => {
    const row = rows[index];
    const made = make('tr');
    made.setAttribute('role', 'row');
    const file = data.files[row[FILE]] || '';
    const place = row[RECORD] < 0 ? '' : ` record ${row[RECORD]}`;
    const name = data.codes[row[CODE]];
    const what = [row[MESSAGE]];
    for (const detail of [row[ENTRY], row[FIELD]]) if (detail) what.push(' ', make('code', 'more', detail));
    const severity = make('span', `severity severity-${data.severities[row[CODE]]}`, data.severities[row[CODE]]);
    made.append(
      cell('', 'Code', make('code', '', name), ' ', severity),
      cell('words', 'Record', file, make('span', 'quiet', place)),
      cell('', 'Account', [row[ACCOUNT], row[CURRENCY], row[LAYER]].filter(Boolean).join(' ')),
      amountCell('Debit', row[DEBIT], row[CURRENCY]),
      amountCell('Credit', row[CREDIT], row[CURRENCY]),
      cell('words', 'What to do', ...what));
    if (row[OFFSET] >= 0) made.title = `${file}, byte ${row[OFFSET]}`;
    return made;
  };

  const list = shared.pager(['previous', 'next', 'page'].map(element), pageRows, (first, end) => {
    body.replaceChildren(...found.slice(first, end).map(rowOf));
    const noun = total === 1 ? 'finding' : 'findings';
    result.textContent = found.length === 0
      ? `No match among ${grouped(total)} ${noun}.`
      : `${grouped(found.length)} of ${grouped(total)} ${noun}, rows ${grouped(first + 1)} to ${grouped(end)}.`;
  });

  const present = new Set(rows.map((row) => row[CODE]));
  for (const number of [...present].sort((a, b) => a - b)) {
    const option = make('option', '', data.codes[number]);
    option.value = number;
    code.append(option);
  }
  query.addEventListener('input', select);
  code.addEventListener('change', select);
  shared.sorter([...document.querySelectorAll('#explorer-table thead button')], (chosen) => {
    sort = chosen;
    select();
  });
  // A code's link filters the list instead of jumping to the first findings.
  for (const link of document.querySelectorAll('#finding-counts a[data-code]')) {
    link.addEventListener('click', (event) => {
      const number = data.codes.indexOf(link.dataset.code);
      if (!present.has(number)) return;
      event.preventDefault();
      code.value = String(number);
      select();
      query.focus();
    });
  }
  element('first-findings').hidden = true;
  element('explorer').hidden = false;
  select();
})();
