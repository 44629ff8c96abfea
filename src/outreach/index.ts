export { OutreachConsents } from './consents.js';
export { OutreachModule } from './outreach.module.js';
