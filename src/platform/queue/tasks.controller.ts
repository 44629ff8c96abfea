import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../auth/index.js';
import { PageQuery } from '../http/index.js';
import { GivenUpTasks } from './given-up-tasks.js';
import { TaskClosureDto, TaskDto, TaskPageDto, TaskRetryDto, TaskSummaryDto } from './tasks.dto.js';

@ApiTags('tasks')
@Allow('authority', 'operator')
@Scoped('tasks')
@Controller('v1/tasks')
export class TasksController {
  constructor(private readonly tasks: GivenUpTasks) {}

  /** Work that failed too often and waits for a person, the oldest first. */
  @Get()
  list(@Query() query: PageQuery): Promise<TaskPageDto> {
    return this.tasks.list(query);
  }

  /** How much work of each kind is not done, how long the oldest waits, and what gave up. */
  @Get('summary')
  summary(): Promise<TaskSummaryDto> {
    return this.tasks.summary();
  }

  /** One task, what stopped it, and what people did about it. */
  @Get(':id')
  show(@Param('id') id: string): Promise<TaskDto> {
    return this.tasks.show(id);
  }

  /** Has a task that gave up tried again. */
  @Post(':id/retry')
  @HttpCode(202)
  retry(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: TaskRetryDto,
  ): Promise<TaskDto> {
    return this.tasks.retry(principal, id, body.note ?? null);
  }

  /** Closes a task that gave up: it is not tried again, and an application behind it is sent back. */
  @Post(':id/closure')
  @HttpCode(200)
  close(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: TaskClosureDto,
  ): Promise<TaskDto> {
    return this.tasks.close(principal, id, body.note);
  }
}
