export { HolidaysModule } from './holidays.module.js';
export { Holidays } from './holidays.service.js';
export { type WorkCalendar, addWorkingDays } from './working-days.js';
