// Prints when the events of a calendar take place, up to twelve times each: the second opinion of the test beside it.
import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) {
  ICAL.TimezoneService.register(zone);
}
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  const times = [];
  if (event.isRecurring()) {
    const days = event.iterator();
    for (let next = days.next(); next && times.length < 12; next = days.next()) {
      times.push(next);
    }
  } else {
    times.push(event.startDate);
  }
  for (const time of times) {
    console.log(`${event.summary} ${time.isDate ? time.toString() : time.toJSDate().toISOString().slice(0, 16)}`);
  }
}
