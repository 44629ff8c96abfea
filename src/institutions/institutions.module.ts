import { Global, Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionAdministration } from './administration.service.js';
import { DemeritsController } from './demerits/demerits.controller.js';
import { Demerits } from './demerits/demerits.service.js';
import { DemeritsStore } from './demerits/demerits.store.js';
import { InstitutionsController } from './institutions.controller.js';
import { Institutions } from './institutions.service.js';
import { InstitutionsStore } from './institutions.store.js';
import { InvitationsController } from './members/invitations.controller.js';
import { Invitations } from './members/invitations.service.js';
import { InvitationsStore } from './members/invitations.store.js';
import { MembersController } from './members/members.controller.js';
import { Members } from './members/members.service.js';
import { InstitutionRequestsController } from './requests/requests.controller.js';
import { InstitutionRequests } from './requests/requests.service.js';
import { RequestsStore } from './requests/requests.store.js';

/** Global: nearly every feature has something that belongs to an institution. */
@Global()
@Module({
  imports: [AccessModule, HistoryModule],
  controllers: [
    DemeritsController,
    InstitutionRequestsController,
    InstitutionsController,
    InvitationsController,
    MembersController,
  ],
  providers: [
    Demerits,
    DemeritsStore,
    InstitutionAdministration,
    InstitutionRequests,
    Institutions,
    InstitutionsStore,
    Invitations,
    InvitationsStore,
    Members,
    RequestsStore,
  ],
  exports: [Demerits, InstitutionRequests, Institutions],
})
export class InstitutionsModule {}
