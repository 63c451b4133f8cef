'use strict';
// The calendars: a month of all tenants, and the years of one.
(() => {
  const { element, make, grouped } = shared;
  const {
    data, tenants, matters, lastDay, firstOfAll, byID, weekdays, dayOf, dateOf, monthOf, firstDay, weekday,
    monthName, code, page, linkTo,
  } = overview;
  const tenantRows = 50;
  const certifications = ['not certified', 'certified', 'certification withdrawn'];

  // The calendar: a date is a link with a sign and a colour, and says both in words.
  const sentence = (day, at) => {
    const standing = data.standings[Math.floor(at / 3)];
    return `${dateOf(day)}: ${standing.title}, ${certifications[at % 3]}`;
  };
  const dateCell = (tenant, day, showsDay) => {
    const at = code(tenant, day);
    const number = showsDay ? make('span', 'day', String(Number(dateOf(day).slice(8)))) : '';
    if (at < 0) {
      const isMissing = day > tenant.last && day <= lastDay;
      const made = make('span', isMissing ? 'cell cell-missing' : 'cell');
      made.append(number, isMissing ? make('span', 'sign', '–') : '');
      if (isMissing) {
        made.title = `${dateOf(day)}: not closed`;
        made.setAttribute('role', 'img');
        made.setAttribute('aria-label', made.title);
      }
      return made;
    }
    const standing = data.standings[Math.floor(at / 3)];
    const made = linkTo(page(tenant, day), undefined, `cell cell-${standing.name} certified-${at % 3}`);
    made.append(number, make('span', 'sign', standing.sign));
    made.title = sentence(day, at);
    made.setAttribute('aria-label', made.title);
    return made;
  };
  const tableCell = (...content) => {
    const made = make('td');
    made.append(...content);
    return made;
  };
  const heading = (text, className) => {
    const made = make('th', className, text);
    made.scope = 'col';
    return made;
  };

  const [tenantQuery, filter, monthList] = ['tenant-query', 'filter', 'month'].map(element);
  const firstMonth = tenants.length ? monthOf(firstOfAll) : 0;
  const lastMonth = tenants.length ? monthOf(lastDay) : 0;
  // One past the last month stands for the last days.
  const recent = lastMonth + 1;
  const recentDays = 31;
  let month = recent;
  let shownTenants = [];
  const days = () => {
    const first = month === recent ? Math.max(lastDay - recentDays + 1, firstOfAll) : firstDay(month);
    const end = month === recent ? lastDay + 1 : firstDay(month + 1);
    return Array.from({ length: end - first }, (_, index) => first + index);
  };
  const periodName = (number) => (number === recent ? 'Last 31 days' : monthName(number));
  const hasDatesToCertify = (tenant) => days().some((day) => {
    const at = code(tenant, day);
    return at >= 0 && at % 3 !== 1;
  });
  const tenantRow = (tenant) => {
    const made = make('tr');
    const name = make('th', 'tenant-name');
    name.scope = 'row';
    const link = linkTo(`#${tenant.id}`, tenant.label);
    if (tenant.name) link.title = tenant.id;
    name.append(link);
    if (tenant.matters.length) {
      name.append(' ', make('span', 'severity severity-error', grouped(tenant.matters.length)));
    }
    made.append(name, ...days().map((day) => tableCell(dateCell(tenant, day, false))));
    return made;
  };
  const drawTenants = shared.pager(
    ['tenants-previous', 'tenants-next', 'tenants-page'].map(element), tenantRows, (first, end) => {
      element('calendar-rows').replaceChildren(...shownTenants.slice(first, end).map(tenantRow));
      element('calendar-result').textContent = shownTenants.length === 0
        ? `No match among ${grouped(tenants.length)}.`
        : `${grouped(shownTenants.length)} of ${grouped(tenants.length)}, rows ${grouped(first + 1)} to ${grouped(end)}.`;
    });
  const drawCalendar = () => {
    monthList.value = String(month);
    element('earlier').disabled = month <= firstMonth;
    element('later').disabled = month >= recent;
    const period = days();
    element('calendar-caption').textContent = `${dateOf(period[0])} to ${dateOf(period[period.length - 1])}`;
    const head = make('tr');
    head.append(heading('Tenant'), ...period.map((day) => {
      const made = heading(dateOf(day).slice(8).replace(/^0/, ''), weekday(day) > 4 ? 'weekend' : '');
      made.append(make('span', 'weekday', weekdays[weekday(day)]));
      return made;
    }));
    element('calendar-head').replaceChildren(head);
    const words = shared.words(tenantQuery.value);
    shownTenants = tenants.filter((tenant) => {
      const text = `${tenant.label}\n${tenant.id}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) return false;
      if (filter.value === 'attention') return tenant.matters.length > 0;
      return filter.value !== 'certify' || hasDatesToCertify(tenant);
    });
    drawTenants(shownTenants.length);
  };
  const showMonth = (chosen) => {
    month = Math.min(Math.max(chosen, firstMonth), recent);
    drawCalendar();
  };
  const drawLegend = () => {
    const entry = (className, sign, text) => {
      const made = make('li');
      const cell = make('span', `cell ${className}`);
      cell.append(make('span', 'sign', sign));
      cell.setAttribute('aria-hidden', 'true');
      made.append(cell, ` ${text}`);
      return made;
    };
    element('legend').replaceChildren(
      ...data.standings.filter((standing) => standing.name !== 'accepted').map((standing) => entry(`cell-${standing.name}`, standing.sign, standing.title)),
      entry('cell-missing', '–', 'not closed'),
      entry('cell-ties_out certified-1', '✓', certifications[1]),
      entry('cell-ties_out certified-2', '✓', certifications[2]));
  };

  // One tenant: a year of months.
  let tenant;
  let year = 0;
  const monthTable = (number) => {
    const table = make('table', 'month');
    const first = firstDay(number);
    const count = firstDay(number + 1) - first;
    const head = make('tr');
    head.append(...weekdays.map((name) => heading(name)));
    const headGroup = make('thead');
    headGroup.append(head);
    const bodyGroup = make('tbody');
    for (let start = first - weekday(first); start < first + count; start += 7) {
      const row = make('tr');
      for (let day = start; day < start + 7; day += 1) {
        row.append(day < first || day >= first + count ? make('td') : tableCell(dateCell(tenant, day, true)));
      }
      bodyGroup.append(row);
    }
    table.append(make('caption', '', monthName(number)), headGroup, bodyGroup);
    return table;
  };
  const drawYear = () => {
    const [first, last] = [monthOf(tenant.first), monthOf(Math.max(tenant.last, tenant.first))];
    year = Math.min(Math.max(year, Math.floor(first / 12)), Math.floor(last / 12));
    element('year').textContent = String(year);
    element('year-earlier').disabled = year <= Math.floor(first / 12);
    element('year-later').disabled = year >= Math.floor(last / 12);
    const months = Array.from({ length: 12 }, (_, index) => year * 12 + index)
      .filter((number) => number >= first && number <= last).reverse();
    element('months').replaceChildren(...months.map(monthTable));
  };
  const showTenant = (chosen, message) => {
    tenant = chosen;
    element('tenant-section').hidden = !tenant;
    element('to-tenant').hidden = !tenant;
    if (!tenant) return;
    element('one-tenant').textContent = tenant.label;
    element('to-tenant').textContent = tenant.label;
    element('tenant-id').textContent = tenant.id;
    element('tenant-dates').textContent = `closed from ${dateOf(tenant.first)} through ${dateOf(tenant.last)}`;
    element('tenant-message').textContent = message;
    element('tenant-message').hidden = !message;
    const own = matters.filter((matter) => matter.tenant === tenant);
    element('tenant-matters').replaceChildren(...data.kinds.flatMap((kind, number) => {
      const count = own.filter((matter) => matter.kind === number).length;
      if (!count) return [];
      const link = linkTo('#attention', `${kind.title}: ${grouped(count)}`, `severity severity-${kind.tone}`);
      Object.assign(link.dataset, { kind: number, query: tenant.id });
      const made = make('li');
      made.append(link);
      return [made];
    }));
    year = Math.floor(monthOf(tenant.last) / 12);
    drawYear();
    element('one-tenant').scrollIntoView({ block: 'start' });
  };

  // #TENANT shows a tenant; #TENANT/DATE leads to the page of that date if it is closed.
  const follow = () => {
    const [id, date] = decodeURIComponent(location.hash.slice(1)).split('/');
    const chosen = byID.get(id);
    if (!chosen) return;
    if (!/^\d{4}-\d\d-\d\d$/.test(date || '')) return showTenant(chosen, '');
    const day = dayOf(date);
    if (code(chosen, day) < 0) return showTenant(chosen, `${date} is not closed yet.`);
    location.replace(page(chosen, day));
  };

  element('tenants-section').hidden = true;
  element('to-tenants').hidden = true;
  if (tenants.length === 0) return;
  for (let number = recent; number >= firstMonth; number -= 1) {
    const option = make('option', '', periodName(number));
    option.value = number;
    monthList.append(option);
  }
  for (const control of [tenantQuery, filter]) control.addEventListener('input', drawCalendar);
  monthList.addEventListener('change', () => showMonth(Number(monthList.value)));
  element('earlier').addEventListener('click', () => showMonth(month - 1));
  element('later').addEventListener('click', () => showMonth(month + 1));
  element('year-earlier').addEventListener('click', () => { year -= 1; drawYear(); });
  element('year-later').addEventListener('click', () => { year += 1; drawYear(); });
  addEventListener('hashchange', follow);
  element('calendar-section').hidden = false;
  drawLegend();
  drawCalendar();
  const scroll = element('calendar-scroll');
  scroll.scrollLeft = scroll.scrollWidth;
  follow();
})();
