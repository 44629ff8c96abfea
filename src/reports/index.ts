export { NewConditionDto, NewSchoolStandardDto } from './conditions/conditions.dto.js';
export { Conditions } from './conditions/conditions.service.js';
export { ReportPublisher } from './publishing/publisher.service.js';
export { NewScheduleDto } from './reports.dto.js';
export { ReportsModule } from './reports.module.js';
export { ReportSchedules } from './schedule/schedule.service.js';
