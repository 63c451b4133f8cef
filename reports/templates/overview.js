'use strict';
// The tenants, their dates, and what about them needs attention.
const overview = (() => {
  const { element, make, grouped, compareText } = shared;
  const data = JSON.parse(element('overview-data').textContent);
  element('overview-data').firstChild.remove();
  const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
  const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
    'September', 'October', 'November', 'December'];

  // Dates are days since 1970, months are months since year 0.
  const dayOf = (date) => Math.round(Date.parse(`${date}T00:00:00Z`) / 86400000);
  const dateOf = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const monthOf = (day) => {
    const date = new Date(day * 86400000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const firstDay = (month) => {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    return Math.round(date.getTime() / 86400000);
  };
  const weekday = (day) => (((day + 3) % 7) + 7) % 7;
  const monthName = (month) => `${monthNames[month % 12]} ${Math.floor(month / 12)}`;

  const tenants = data.tenants.map(([id, , first, cells, matters], number) => ({
    id, cells, matters, label: data.names[number] || id, name: data.names[number], first: dayOf(first),
    last: dayOf(first) + cells.length - 1,
  }));
  tenants.sort((a, b) => compareText(a.label.toLowerCase(), b.label.toLowerCase()) || compareText(a.id, b.id));
  const lastDay = Math.max(...tenants.map((tenant) => tenant.last));
  const firstOfAll = Math.min(...tenants.map((tenant) => tenant.first));
  const byID = new Map(tenants.map((tenant) => [tenant.id, tenant]));

  // How a date stands: a number of data.standings, and one of certifications. -1 if it is not closed.
  const code = (tenant, day) => {
    const at = day - tenant.first;
    return at < 0 || at >= tenant.cells.length ? -1 : tenant.cells.charCodeAt(at) - 65;
  };
  const page = (tenant, day, anchor) =>
    `${tenant.id}/${dateOf(day)}/reconciliation.html${anchor ? `#${anchor}` : ''}`;

  // What needs attention.
  const [OFFSET, KIND, CHECK, SUBJECT, COUNT, AMOUNTS] = Array(6).keys();
  const matters = tenants.flatMap((tenant) => tenant.matters.map((row) => {
    const kind = data.kinds[row[KIND]];
    const check = data.checks[row[CHECK]];
    const day = tenant.first + row[OFFSET];
    // How the tenant stands as a whole is on the page of its last close.
    const on = kind.onLastDate ? tenant.last : day;
    return {
      tenant, day, kind: row[KIND], title: check ? check[1] : kind.title, subject: row[SUBJECT],
      count: row[COUNT], amounts: row[AMOUNTS], check: Boolean(check),
      link: page(tenant, on, check ? `check-${check[0]}` : kind.anchor),
    };
  }));
  // The order of the tenants and of each one's matters stays: sorting is stable.
  matters.sort((a, b) => b.day - a.day);
  const counted = (matter) => {
    const kind = data.kinds[matter.kind];
    // That one comparison of a check fails goes without saying.
    if (!kind.one || matter.count === 0 || (matter.check && matter.count === 1)) return '';
    return `${grouped(matter.count)} ${Math.abs(matter.count) === 1 ? kind.one : kind.many}`;
  };
  const haystacks = matters.map((matter) => [
    matter.tenant.label, matter.tenant.id, dateOf(matter.day), data.kinds[matter.kind].title, matter.title,
    matter.subject, ...matter.amounts.flatMap(([currency, layer, minor]) =>
      [currency, layer, minor, shared.plain(minor, data.digits[currency])]),
  ].join('\n').toLowerCase());

  const cellOf = (label, className, ...content) => {
    const made = make('td', className);
    made.dataset.label = label;
    made.append(...content);
    return made;
  };
  const linkTo = (href, text, className) => {
    const link = make('a', className, text);
    link.href = href;
    return link;
  };
  const describe = (matter) => {
    const kind = data.kinds[matter.kind];
    const parts = [linkTo(matter.link, matter.title, `severity severity-${kind.tone}`)];
    const details = [matter.subject, counted(matter)].filter(Boolean).join(', ');
    if (details) parts.push(' ', make('span', 'words', details));
    return parts;
  };
  const amountsMax = 3;
  const amountLines = (matter) => {
    const lines = matter.amounts.slice(0, amountsMax).map(([currency, layer, minor]) => {
      const line = make('span', 'amount');
      const value = make('data', '', shared.amount(minor, data.digits[currency]));
      value.value = minor;
      line.append(value, ` ${currency}`, make('span', 'layer', layer && layer !== 'SETTLED' ? ` ${layer}` : ''));
      return line;
    });
    const more = matter.amounts.length - lines.length;
    if (more > 0) lines.push(linkTo(matter.link, `and ${grouped(more)} more`, 'amount'));
    return lines;
  };
  // A row says its date and tenant unless the row above it says the same.
  const rowOf = (index, above) => {
    const matter = matters[index];
    const before = matters[above];
    const isSame = before && before.tenant === matter.tenant && before.day === matter.day;
    const made = make('tr', isSame ? 'same' : '');
    const date = matter.day <= matter.tenant.last && matter.day >= matter.tenant.first
      ? linkTo(page(matter.tenant, matter.day), dateOf(matter.day)) : dateOf(matter.day);
    made.append(
      cellOf('Date', 'date', date),
      cellOf('Tenant', 'words', linkTo(`#${matter.tenant.id}`, matter.tenant.label)),
      cellOf('What', 'what', ...describe(matter)),
      cellOf('Amount', 'n', ...amountLines(matter)));
    return made;
  };
  return {
    data, tenants, matters, haystacks, lastDay, firstOfAll, byID, weekdays, dayOf, dateOf, monthOf, firstDay,
    weekday, monthName, code, page, linkTo, rowOf,
  };
})();

// The list of what needs attention.
(() => {
  const { element, make, grouped, compareText } = shared;
  const { data, matters, haystacks, rowOf } = overview;
  const [query, kindList, body, result] = ['query', 'kind', 'rows', 'result'].map(element);
  const comparisons = {
    date: (a, b) => a.day - b.day,
    tenant: (a, b) => compareText(a.tenant.label, b.tenant.label),
    kind: (a, b) => a.kind - b.kind || compareText(a.title, b.title),
  };
  let sort = { column: '', isDescending: false };
  let found = [];
  const list = shared.pager(['previous', 'next', 'page'].map(element), 20, (first, end) => {
    body.replaceChildren(...found.slice(first, end).map((index, at, all) => rowOf(index, all[at - 1])));
    result.textContent = found.length === 0
      ? `No match among ${grouped(matters.length)}.`
      : `${grouped(found.length)} of ${grouped(matters.length)}, rows ${grouped(first + 1)} to ${grouped(end)}.`;
  });
  const select = () => {
    const words = shared.words(query.value);
    const wanted = kindList.value === '' ? -1 : Number(kindList.value);
    found = [...matters.keys()].filter((index) => (wanted < 0 || matters[index].kind === wanted)
      && words.every((word) => haystacks[index].includes(word)));
    const compare = comparisons[sort.column];
    const sign = sort.isDescending ? -1 : 1;
    if (compare) found.sort((a, b) => sign * compare(matters[a], matters[b]) || a - b);
    list(found.length);
  };
  data.kinds.forEach((kind, number) => {
    const count = matters.filter((matter) => matter.kind === number).length;
    if (!count) return;
    const option = make('option', '', `${kind.title} (${grouped(count)})`);
    option.value = number;
    kindList.append(option);
  });
  // Links of figures and of a tenant choose what the list shows.
  addEventListener('click', (event) => {
    const link = event.target.closest('a[data-kind]');
    if (!link) return;
    kindList.value = link.dataset.kind;
    if (kindList.selectedIndex < 0) kindList.value = '';
    query.value = link.dataset.query || '';
    select();
  });
  query.addEventListener('input', select);
  kindList.addEventListener('change', select);
  shared.sorter([...document.querySelectorAll('.matters thead button')], (chosen) => {
    sort = chosen;
    select();
  });
  if (matters.length) {
    element('matters').hidden = false;
    select();
  }
})();
