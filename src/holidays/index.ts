export type { NewHolidayNoticeDto } from './holidays.dto.js';
export { HolidaysModule } from './holidays.module.js';
export { Holidays } from './holidays.service.js';
export { type WorkCalendar, addWorkingDays, workingDaysUntil } from './working-days.js';
