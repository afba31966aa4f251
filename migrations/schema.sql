-- Written by `npm run migrate -- --dump`. Read it; change the migrations instead.

create table actions (
	id uuid not null default gen_random_uuid(),
	decision_id uuid not null,
	title text not null,
	owner_id uuid not null,
	due date not null,
	done_at timestamp with time zone,
	done_by uuid,
	constraint actions_pkey PRIMARY KEY (id),
	constraint actions_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decisions(id),
	constraint actions_done_by_fkey FOREIGN KEY (done_by) REFERENCES persons(id),
	constraint actions_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES persons(id),
	constraint actions_title_check CHECK ((title <> ''::text))
);

create table agenda_items (
	id uuid not null default gen_random_uuid(),
	meeting_id uuid not null,
	case_id uuid not null,
	"position" integer not null,
	minutes integer not null default 15,
	presenter_id uuid,
	late boolean not null default false,
	added_by uuid not null,
	added_at timestamp with time zone not null default clock_timestamp(),
	removed_at timestamp with time zone,
	after_deadline boolean not null default false,
	constraint agenda_items_pkey PRIMARY KEY (id),
	constraint agenda_items_added_by_fkey FOREIGN KEY (added_by) REFERENCES persons(id),
	constraint agenda_items_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint agenda_items_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id),
	constraint agenda_items_presenter_id_fkey FOREIGN KEY (presenter_id) REFERENCES persons(id),
	constraint agenda_items_minutes_check CHECK (((minutes >= 1) AND (minutes <= 480)))
);

create table annotation_attachments (
	id bigint not null generated always as identity,
	annotation_id uuid not null,
	section text not null,
	start_position bytea not null,
	end_position bytea not null,
	quote text not null,
	prefix text not null,
	suffix text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint annotation_attachments_pkey PRIMARY KEY (id),
	constraint annotation_attachments_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_attachments_by_fkey FOREIGN KEY (by) REFERENCES persons(id)
);

create table annotation_edits (
	id bigint not null generated always as identity,
	annotation_id uuid not null,
	body text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint annotation_edits_pkey PRIMARY KEY (id),
	constraint annotation_edits_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_edits_body_check CHECK ((body <> ''::text))
);

create table annotation_mentions (
	annotation_id uuid not null,
	reply_id uuid,
	person_id uuid not null,
	constraint annotation_mentions_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_mentions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint annotation_mentions_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES annotation_replies(id)
);

create table annotation_reads (
	annotation_id uuid not null,
	person_id uuid not null,
	said integer not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint annotation_reads_pkey PRIMARY KEY (annotation_id, person_id),
	constraint annotation_reads_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_reads_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint annotation_reads_said_check CHECK ((said > 0))
);

create table annotation_replies (
	id uuid not null default gen_random_uuid(),
	annotation_id uuid not null,
	author_id uuid not null,
	body text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint annotation_replies_pkey PRIMARY KEY (id),
	constraint annotation_replies_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_replies_author_id_fkey FOREIGN KEY (author_id) REFERENCES persons(id),
	constraint annotation_replies_body_check CHECK ((body <> ''::text))
);

create table annotation_shares (
	annotation_id uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint annotation_shares_pkey PRIMARY KEY (annotation_id),
	constraint annotation_shares_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id)
);

create table annotation_states (
	id bigint not null generated always as identity,
	annotation_id uuid not null,
	state text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint annotation_states_pkey PRIMARY KEY (id),
	constraint annotation_states_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_states_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint annotation_states_state_check CHECK ((state = ANY (ARRAY['resolved'::text, 'reopened'::text])))
);

create table annotation_terms (
	annotation_id uuid not null,
	term_id uuid not null,
	constraint annotation_terms_pkey PRIMARY KEY (annotation_id, term_id),
	constraint annotation_terms_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint annotation_terms_term_id_fkey FOREIGN KEY (term_id) REFERENCES terms(id)
);

create table annotations (
	id uuid not null default gen_random_uuid(),
	object_id uuid not null,
	author_id uuid not null,
	department_id uuid not null,
	role text not null,
	kind text not null,
	body text not null,
	created_at timestamp with time zone not null default clock_timestamp(),
	section text,
	start_position bytea,
	end_position bytea,
	quote text,
	prefix text,
	suffix text,
	figure_id uuid,
	version_id uuid,
	target jsonb,
	constraint annotations_pkey PRIMARY KEY (id),
	constraint annotations_author_id_fkey FOREIGN KEY (author_id) REFERENCES persons(id),
	constraint annotations_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint annotations_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id),
	constraint annotations_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint annotations_body_check CHECK ((body <> ''::text)),
	constraint annotations_check CHECK (((section IS NOT NULL) <> (figure_id IS NOT NULL))),
	constraint annotations_check1 CHECK (((section IS NULL) OR ((start_position IS NOT NULL) AND (end_position IS NOT NULL) AND (quote IS NOT NULL) AND (prefix IS NOT NULL) AND (suffix IS NOT NULL)))),
	constraint annotations_check2 CHECK (((figure_id IS NULL) OR ((version_id IS NOT NULL) AND (target IS NOT NULL)))),
	constraint annotations_kind_check CHECK ((kind = ANY (ARRAY['fact'::text, 'interpretation'::text, 'different_reading'::text, 'question'::text, 'objection'::text, 'practice'::text, 'ethics'::text])))
);

create table approval_notes (
	approval_id bigint not null,
	annotation_id uuid not null,
	constraint approval_notes_pkey PRIMARY KEY (approval_id, annotation_id),
	constraint approval_notes_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint approval_notes_approval_id_fkey FOREIGN KEY (approval_id) REFERENCES approvals(id)
);

create table approvals (
	id bigint not null generated always as identity,
	case_id uuid not null,
	step text not null,
	director_id uuid not null,
	comment text not null default ''::text,
	keep_id uuid,
	options jsonb,
	evidence jsonb,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	head jsonb,
	constraint approvals_pkey PRIMARY KEY (id),
	constraint approvals_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint approvals_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint approvals_director_id_fkey FOREIGN KEY (director_id) REFERENCES persons(id),
	constraint approvals_keep_id_fkey FOREIGN KEY (keep_id) REFERENCES document_keeps(id),
	constraint approvals_check CHECK (((step = ANY (ARRAY['approved'::text, 'sent_back'::text])) = ((keep_id IS NOT NULL) AND (options IS NOT NULL) AND (evidence IS NOT NULL)))),
	constraint approvals_step_check CHECK ((step = ANY (ARRAY['asked'::text, 'approved'::text, 'sent_back'::text, 'withdrawn'::text])))
);

create table attendance (
	meeting_id uuid not null,
	person_id uuid not null,
	present boolean not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint attendance_pkey PRIMARY KEY (meeting_id, person_id),
	constraint attendance_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint attendance_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id),
	constraint attendance_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table authors (
	object_id uuid not null,
	person_id uuid not null,
	added_by uuid not null,
	added_at timestamp with time zone not null default now(),
	constraint authors_pkey PRIMARY KEY (object_id, person_id),
	constraint authors_added_by_fkey FOREIGN KEY (added_by) REFERENCES persons(id),
	constraint authors_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id),
	constraint authors_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table brief_assignments (
	id uuid not null default gen_random_uuid(),
	brief_id uuid not null,
	section text not null,
	person_id uuid not null,
	due date not null,
	assigned_by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	done_at timestamp with time zone,
	done_by uuid,
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	constraint brief_assignments_pkey PRIMARY KEY (id),
	constraint brief_assignments_assigned_by_fkey FOREIGN KEY (assigned_by) REFERENCES persons(id),
	constraint brief_assignments_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint brief_assignments_done_by_fkey FOREIGN KEY (done_by) REFERENCES persons(id),
	constraint brief_assignments_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint brief_assignments_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint brief_assignments_check CHECK ((num_nulls(done_at, done_by) = ANY (ARRAY[0, 2]))),
	constraint brief_assignments_check1 CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint brief_assignments_section_check CHECK ((section <> ''::text))
);

create table brief_left_out (
	id uuid not null default gen_random_uuid(),
	brief_id uuid not null,
	what text not null,
	why text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	constraint brief_left_out_pkey PRIMARY KEY (id),
	constraint brief_left_out_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint brief_left_out_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint brief_left_out_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint brief_left_out_check CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint brief_left_out_what_check CHECK ((what <> ''::text))
);

create table brief_orders (
	id uuid not null default gen_random_uuid(),
	forum_id uuid not null,
	focus text not null,
	question text not null,
	if_known text not null,
	due date not null,
	analyst_id uuid not null,
	practitioner_id uuid not null,
	ordered_by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	brief_id uuid,
	begun_by uuid,
	begun_at timestamp with time zone,
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	constraint brief_orders_pkey PRIMARY KEY (id),
	constraint brief_orders_brief_id_key UNIQUE (brief_id),
	constraint brief_orders_analyst_id_fkey FOREIGN KEY (analyst_id) REFERENCES persons(id),
	constraint brief_orders_begun_by_fkey FOREIGN KEY (begun_by) REFERENCES persons(id),
	constraint brief_orders_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint brief_orders_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint brief_orders_ordered_by_fkey FOREIGN KEY (ordered_by) REFERENCES persons(id),
	constraint brief_orders_practitioner_id_fkey FOREIGN KEY (practitioner_id) REFERENCES persons(id),
	constraint brief_orders_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint brief_orders_check CHECK ((analyst_id <> practitioner_id)),
	constraint brief_orders_check1 CHECK ((num_nulls(brief_id, begun_by, begun_at) = ANY (ARRAY[0, 3]))),
	constraint brief_orders_check2 CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint brief_orders_check3 CHECK (((brief_id IS NULL) OR (withdrawn_at IS NULL))),
	constraint brief_orders_focus_check CHECK ((focus <> ''::text)),
	constraint brief_orders_if_known_check CHECK ((if_known <> ''::text)),
	constraint brief_orders_question_check CHECK ((question <> ''::text))
);

create table brief_recognitions (
	id uuid not null default gen_random_uuid(),
	brief_id uuid not null,
	dataset_id uuid not null,
	person_id uuid not null,
	section text,
	start_position bytea,
	end_position bytea,
	quote text,
	prefix text,
	suffix text,
	figure_id uuid,
	due date,
	asked_by uuid not null,
	asked_at timestamp with time zone not null default clock_timestamp(),
	recognised boolean,
	reason text not null default ''::text,
	answered_at timestamp with time zone,
	withdrawn_at timestamp with time zone,
	constraint brief_recognitions_pkey PRIMARY KEY (id),
	constraint brief_recognitions_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES persons(id),
	constraint brief_recognitions_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint brief_recognitions_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint brief_recognitions_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES figures(id),
	constraint brief_recognitions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint brief_recognitions_check CHECK ((num_nulls(section, start_position, end_position, quote, prefix, suffix) = ANY (ARRAY[0, 6]))),
	constraint brief_recognitions_check1 CHECK ((num_nonnulls(section, figure_id) = 1)),
	constraint brief_recognitions_check2 CHECK ((num_nulls(recognised, answered_at) = ANY (ARRAY[0, 2]))),
	constraint brief_recognitions_check3 CHECK (((recognised IS DISTINCT FROM false) OR (reason <> ''::text))),
	constraint brief_recognitions_check4 CHECK (((answered_at IS NULL) OR (withdrawn_at IS NULL)))
);

create table brief_recognitions_before (
	id bigint not null generated always as identity,
	recognition_id uuid not null,
	recognised boolean not null,
	reason text not null,
	at timestamp with time zone not null,
	constraint brief_recognitions_before_pkey PRIMARY KEY (id),
	constraint brief_recognitions_before_recognition_id_fkey FOREIGN KEY (recognition_id) REFERENCES brief_recognitions(id),
	constraint brief_recognitions_before_check CHECK ((recognised OR (reason <> ''::text)))
);

create table brief_reviews (
	id uuid not null default gen_random_uuid(),
	brief_id uuid not null,
	person_id uuid not null,
	due date,
	asked_by uuid not null,
	asked_at timestamp with time zone not null default clock_timestamp(),
	answer text,
	words text not null default ''::text,
	answered_at timestamp with time zone,
	withdrawn_at timestamp with time zone,
	constraint brief_reviews_pkey PRIMARY KEY (id),
	constraint brief_reviews_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES persons(id),
	constraint brief_reviews_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint brief_reviews_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint brief_reviews_answer_check CHECK ((answer = ANY (ARRAY['comments'::text, 'nothing_more'::text]))),
	constraint brief_reviews_check CHECK ((num_nulls(answer, answered_at) = ANY (ARRAY[0, 2]))),
	constraint brief_reviews_check1 CHECK (((answered_at IS NULL) OR (withdrawn_at IS NULL)))
);

create table brief_reviews_before (
	id bigint not null generated always as identity,
	review_id uuid not null,
	answer text not null,
	words text not null,
	at timestamp with time zone not null,
	constraint brief_reviews_before_pkey PRIMARY KEY (id),
	constraint brief_reviews_before_review_id_fkey FOREIGN KEY (review_id) REFERENCES brief_reviews(id),
	constraint brief_reviews_before_answer_check CHECK ((answer = ANY (ARRAY['comments'::text, 'nothing_more'::text])))
);

create table briefs (
	id uuid not null,
	question text not null,
	serves text,
	published_at timestamp with time zone,
	published_by uuid,
	keep_id uuid,
	constraint briefs_pkey PRIMARY KEY (id),
	constraint briefs_id_fkey FOREIGN KEY (id) REFERENCES objects(id),
	constraint briefs_keep_id_fkey FOREIGN KEY (keep_id) REFERENCES document_keeps(id),
	constraint briefs_published_by_fkey FOREIGN KEY (published_by) REFERENCES persons(id),
	constraint briefs_check CHECK ((((published_at IS NULL) = (published_by IS NULL)) AND ((published_at IS NULL) = (keep_id IS NULL)))),
	constraint briefs_question_check CHECK ((question <> ''::text))
);

create table budget_frames (
	id bigint not null generated always as identity,
	forum_id uuid not null,
	department_id uuid not null,
	year integer not null,
	amount_ore bigint,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint budget_frames_pkey PRIMARY KEY (id),
	constraint budget_frames_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint budget_frames_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint budget_frames_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint budget_frames_amount_ore_check CHECK (((amount_ore >= '-10000000000000'::bigint) AND (amount_ore <= '10000000000000'::bigint))),
	constraint budget_frames_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);

create table budget_proposals (
	id bigint not null generated always as identity,
	case_id uuid not null,
	department_id uuid not null,
	way text not null,
	amount_ore bigint not null,
	year integer not null,
	lasting boolean not null default true,
	why_not text not null default ''::text,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint budget_proposals_pkey PRIMARY KEY (id),
	constraint budget_proposals_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint budget_proposals_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint budget_proposals_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint budget_proposals_amount_ore_check CHECK (((amount_ore >= 1) AND (amount_ore <= '10000000000000'::bigint))),
	constraint budget_proposals_way_check CHECK ((way = ANY (ARRAY['expansion'::text, 'reduction'::text]))),
	constraint budget_proposals_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);

create table case_kinds (
	id bigint not null generated always as identity,
	case_id uuid not null,
	kind text not null,
	template jsonb not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint case_kinds_pkey PRIMARY KEY (id),
	constraint case_kinds_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint case_kinds_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint case_kinds_kind_check CHECK ((kind = ANY (ARRAY['decision'::text, 'sparring'::text, 'orientation'::text, 'budget'::text, 'follow_up'::text])))
);

create table case_questions (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	question text not null,
	annotation_id uuid,
	asked_by uuid not null,
	asked_at timestamp with time zone not null default clock_timestamp(),
	settled_at timestamp with time zone,
	settled_by uuid,
	constraint case_questions_pkey PRIMARY KEY (id),
	constraint case_questions_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint case_questions_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES persons(id),
	constraint case_questions_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint case_questions_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES persons(id),
	constraint case_questions_check CHECK ((num_nulls(settled_at, settled_by) = ANY (ARRAY[0, 2]))),
	constraint case_questions_question_check CHECK ((question <> ''::text))
);

create table case_states (
	id bigint not null generated always as identity,
	case_id uuid not null,
	state text not null,
	reason text not null default ''::text,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint case_states_pkey PRIMARY KEY (id),
	constraint case_states_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint case_states_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint case_states_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in_review'::text, 'ready'::text, 'on_agenda'::text, 'decided'::text, 'deferred'::text, 'returned'::text, 'in_follow_up'::text, 'closed'::text])))
);

create table cases (
	id uuid not null,
	number integer not null,
	forum_id uuid not null,
	brief_id uuid,
	kind text not null default 'decision'::text,
	question text not null,
	owner_id uuid not null,
	off_record boolean not null default false,
	forgotten_at timestamp with time zone,
	template jsonb,
	constraint cases_pkey PRIMARY KEY (id),
	constraint cases_forum_id_number_key UNIQUE (forum_id, number),
	constraint cases_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint cases_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint cases_id_fkey FOREIGN KEY (id) REFERENCES objects(id),
	constraint cases_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES persons(id),
	constraint cases_forgotten CHECK (((forgotten_at IS NULL) OR off_record)),
	constraint cases_kind_check CHECK ((kind = ANY (ARRAY['decision'::text, 'sparring'::text, 'orientation'::text, 'budget'::text, 'follow_up'::text]))),
	constraint cases_off_record CHECK (((NOT off_record) OR (kind = 'sparring'::text))),
	constraint cases_question_check CHECK ((question <> ''::text))
);

create table category_mapping_ends (
	mapping_id uuid not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint category_mapping_ends_pkey PRIMARY KEY (mapping_id),
	constraint category_mapping_ends_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint category_mapping_ends_mapping_id_fkey FOREIGN KEY (mapping_id) REFERENCES category_mappings(id),
	constraint category_mapping_ends_reason_check CHECK ((reason <> ''::text))
);

create table category_mappings (
	id uuid not null default gen_random_uuid(),
	dataset_id uuid not null,
	dimension text not null,
	old_code text not null,
	new_code text not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint category_mappings_pkey PRIMARY KEY (id),
	constraint category_mappings_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint category_mappings_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint category_mappings_check CHECK (((new_code <> ''::text) AND (new_code <> old_code))),
	constraint category_mappings_old_code_check CHECK ((old_code <> ''::text)),
	constraint category_mappings_reason_check CHECK ((reason <> ''::text))
);

create table cell_blocks (
	version_id uuid not null,
	measure smallint not null,
	first integer not null,
	statuses text not null,
	numbers double precision[] not null,
	marks jsonb,
	constraint cell_blocks_pkey PRIMARY KEY (version_id, measure, first),
	constraint cell_blocks_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint cell_blocks_check CHECK (((first / 1024) = (((first + length(statuses)) - 1) / 1024))),
	constraint cell_blocks_check1 CHECK ((cardinality(numbers) = (length(statuses) - length(replace(statuses, 'v'::text, ''::text))))),
	constraint cell_blocks_first_check CHECK ((first >= 0)),
	constraint cell_blocks_marks_check CHECK (((jsonb_typeof(marks) = 'array'::text) AND (marks <> '[]'::jsonb))),
	constraint cell_blocks_numbers_check CHECK ((array_position(numbers, NULL::double precision) IS NULL)),
	constraint cell_blocks_statuses_check CHECK (((statuses <> ''::text) AND (translate(statuses, 'vms.'::text, ''::text) = ''::text)))
);

create table checkins (
	id uuid not null default gen_random_uuid(),
	goal_id uuid not null,
	author_id uuid not null,
	body text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint checkins_pkey PRIMARY KEY (id),
	constraint checkins_author_id_fkey FOREIGN KEY (author_id) REFERENCES persons(id),
	constraint checkins_goal_id_fkey FOREIGN KEY (goal_id) REFERENCES goals(id),
	constraint checkins_body_check CHECK ((body <> ''::text))
);

create table circulation_openings (
	circulation_id uuid not null,
	person_id uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint circulation_openings_pkey PRIMARY KEY (circulation_id, person_id),
	constraint circulation_openings_circulation_id_fkey FOREIGN KEY (circulation_id) REFERENCES circulations(id),
	constraint circulation_openings_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table circulations (
	id uuid not null default gen_random_uuid(),
	item_id uuid not null,
	case_id uuid not null,
	keep_id uuid not null,
	options jsonb not null,
	evidence jsonb not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	head jsonb,
	constraint circulations_pkey PRIMARY KEY (id),
	constraint circulations_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint circulations_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint circulations_item_id_fkey FOREIGN KEY (item_id) REFERENCES agenda_items(id),
	constraint circulations_keep_id_fkey FOREIGN KEY (keep_id) REFERENCES document_keeps(id)
);

create table cited_values (
	decision_id uuid not null,
	version_id uuid not null,
	figure_id uuid not null,
	measure text not null,
	coordinates jsonb not null,
	value double precision not null,
	constraint cited_values_pkey PRIMARY KEY (decision_id, figure_id, version_id, measure, coordinates),
	constraint cited_values_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decisions(id),
	constraint cited_values_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES figures(id),
	constraint cited_values_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id)
);

create table conflict_verdicts (
	id bigint not null generated always as identity,
	option_id uuid not null,
	goal_id uuid not null,
	ground text not null,
	verdict text not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint conflict_verdicts_pkey PRIMARY KEY (id),
	constraint conflict_verdicts_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint conflict_verdicts_goal_id_fkey FOREIGN KEY (goal_id) REFERENCES objects(id),
	constraint conflict_verdicts_option_id_fkey FOREIGN KEY (option_id) REFERENCES options(id),
	constraint conflict_verdicts_ground_check CHECK ((ground = ANY (ARRAY['against'::text, 'same_indicator'::text, 'department'::text]))),
	constraint conflict_verdicts_reason_check CHECK ((reason <> ''::text)),
	constraint conflict_verdicts_verdict_check CHECK ((verdict = ANY (ARRAY['confirmed'::text, 'dismissed'::text])))
);

create table consequences (
	id uuid not null default gen_random_uuid(),
	option_id uuid not null,
	about text not null,
	what text not null,
	department_id uuid,
	effect text,
	likelihood text,
	assumption text not null default ''::text,
	told_by text not null default ''::text,
	amount_ore bigint,
	yearly boolean not null default false,
	from_year integer,
	to_year integer,
	funding text not null default ''::text,
	dataset_id uuid,
	measure text,
	direction text,
	replaces uuid,
	said_by uuid not null,
	said_at timestamp with time zone not null default clock_timestamp(),
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	withdrawn_reason text not null default ''::text,
	constraint consequences_pkey PRIMARY KEY (id),
	constraint consequences_replaces_key UNIQUE (replaces),
	constraint consequences_dataset_id_measure_fkey FOREIGN KEY (dataset_id, measure) REFERENCES indicators(dataset_id, measure),
	constraint consequences_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint consequences_option_id_fkey FOREIGN KEY (option_id) REFERENCES options(id),
	constraint consequences_replaces_fkey FOREIGN KEY (replaces) REFERENCES consequences(id),
	constraint consequences_said_by_fkey FOREIGN KEY (said_by) REFERENCES persons(id),
	constraint consequences_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint consequences_about_check CHECK ((about = ANY (ARRAY['citizens'::text, 'performance'::text, 'economy'::text, 'department'::text, 'staff'::text, 'side_effect'::text, 'assumption'::text, 'carried_out'::text]))),
	constraint consequences_amount_ore_check CHECK (((amount_ore >= 1) AND (amount_ore <= '10000000000000'::bigint))),
	constraint consequences_check CHECK (((to_year >= from_year) AND (to_year <= (from_year + 19)))),
	constraint consequences_check1 CHECK ((num_nulls(dataset_id, measure) = ANY (ARRAY[0, 2]))),
	constraint consequences_check2 CHECK (((direction IS NULL) OR (dataset_id IS NOT NULL))),
	constraint consequences_check3 CHECK (((amount_ore IS NULL) OR (effect IS NOT NULL))),
	constraint consequences_check4 CHECK (((about <> 'department'::text) OR (department_id IS NOT NULL))),
	constraint consequences_check5 CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint consequences_check6 CHECK (((to_year IS NULL) OR (from_year IS NOT NULL))),
	constraint consequences_direction_check CHECK ((direction = ANY (ARRAY['up'::text, 'down'::text]))),
	constraint consequences_effect_check CHECK ((effect = ANY (ARRAY['gain'::text, 'cost'::text]))),
	constraint consequences_from_year_check CHECK (((from_year >= 2000) AND (from_year <= 2100))),
	constraint consequences_likelihood_check CHECK ((likelihood = ANY (ARRAY['likely'::text, 'possible'::text, 'unlikely'::text]))),
	constraint consequences_what_check CHECK ((what <> ''::text))
);

create table counter_looks (
	id bigint not null generated always as identity,
	case_id uuid not null,
	where_looked text not null default ''::text,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint counter_looks_pkey PRIMARY KEY (id),
	constraint counter_looks_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint counter_looks_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id)
);

create table coupling_answers (
	id bigint not null generated always as identity,
	coupling_id uuid not null,
	dataset_id uuid not null,
	answer boolean not null,
	reason text not null default ''::text,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint coupling_answers_pkey PRIMARY KEY (id),
	constraint coupling_answers_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint coupling_answers_coupling_id_fkey FOREIGN KEY (coupling_id) REFERENCES couplings(id),
	constraint coupling_answers_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint coupling_answers_check CHECK ((answer OR (reason <> ''::text)))
);

create table coupling_parts (
	coupling_id uuid not null,
	"position" smallint not null,
	dataset_id uuid not null,
	version_id uuid not null,
	measure text not null,
	held jsonb not null default '{}'::jsonb,
	constraint coupling_parts_pkey PRIMARY KEY (coupling_id, "position"),
	constraint coupling_parts_coupling_id_fkey FOREIGN KEY (coupling_id) REFERENCES couplings(id),
	constraint coupling_parts_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint coupling_parts_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint coupling_parts_position_check CHECK (("position" = ANY (ARRAY[0, 1])))
);

create table couplings (
	id uuid not null default gen_random_uuid(),
	forum_id uuid not null,
	title text not null,
	purpose text not null,
	legal_basis text not null,
	part_of boolean not null default false,
	made_by uuid not null,
	made_at timestamp with time zone not null default clock_timestamp(),
	replaces uuid,
	constraint couplings_pkey PRIMARY KEY (id),
	constraint couplings_replaces_key UNIQUE (replaces),
	constraint couplings_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint couplings_made_by_fkey FOREIGN KEY (made_by) REFERENCES persons(id),
	constraint couplings_replaces_fkey FOREIGN KEY (replaces) REFERENCES couplings(id),
	constraint couplings_legal_basis_check CHECK ((legal_basis <> ''::text)),
	constraint couplings_purpose_check CHECK ((purpose <> ''::text)),
	constraint couplings_title_check CHECK ((title <> ''::text))
);

create table coverage (
	dataset_id uuid not null,
	version_id uuid not null,
	first_year integer,
	last_year integer,
	areas text not null,
	categories text not null,
	search tsvector not null generated always as (setweight(to_tsvector('danish'::regconfig, categories), 'D'::"char")) stored,
	constraint coverage_pkey PRIMARY KEY (dataset_id),
	constraint coverage_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint coverage_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id)
);

create table datasets (
	id uuid not null,
	title text not null,
	owner_id uuid not null,
	second_id uuid,
	definition text not null,
	source text,
	registration text,
	population text,
	weaknesses text,
	legal_basis text,
	purpose text,
	rhythm text,
	next_update date,
	grade text,
	sender text,
	sender_interest text,
	synthetic boolean not null default false,
	exempt_reference text,
	created_at timestamp with time zone not null default now(),
	search tsvector not null generated always as (((setweight(to_tsvector('danish'::regconfig, title), 'A'::"char") || setweight(to_tsvector('danish'::regconfig, definition), 'B'::"char")) || setweight(to_tsvector('danish'::regconfig, ((((((((COALESCE(source, ''::text) || ' '::text) || COALESCE(population, ''::text)) || ' '::text) || COALESCE(purpose, ''::text)) || ' '::text) || COALESCE(registration, ''::text)) || ' '::text) || COALESCE(sender, ''::text))), 'C'::"char"))) stored,
	plain text not null generated always as (lower(((title || ' '::text) || definition))) stored,
	constraint datasets_pkey PRIMARY KEY (id),
	constraint datasets_id_fkey FOREIGN KEY (id) REFERENCES objects(id),
	constraint datasets_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES persons(id),
	constraint datasets_second_id_fkey FOREIGN KEY (second_id) REFERENCES persons(id),
	constraint datasets_definition_check CHECK ((definition <> ''::text)),
	constraint datasets_grade_check CHECK ((grade = ANY (ARRAY['validated'::text, 'provisional'::text, 'weak'::text]))),
	constraint datasets_title_check CHECK ((title <> ''::text))
);

create table decision_evidence (
	decision_id uuid not null,
	evidence_id uuid not null,
	role text not null,
	added_at timestamp with time zone not null default clock_timestamp(),
	by uuid not null,
	constraint decision_evidence_pkey PRIMARY KEY (decision_id, evidence_id),
	constraint decision_evidence_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint decision_evidence_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decisions(id),
	constraint decision_evidence_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES evidence(id),
	constraint decision_evidence_role_check CHECK ((role = ANY (ARRAY['made'::text, 'informed'::text, 'supports'::text, 'unused'::text])))
);

create table decisions (
	id uuid not null,
	case_id uuid not null,
	item_id uuid,
	option_id uuid not null,
	decider text not null default 'director'::text,
	standing text not null,
	method text not null,
	wording text not null,
	facts text not null default ''::text,
	valuations text not null default ''::text,
	side_conditions text not null default ''::text,
	constraints text not null default ''::text,
	dissent text not null default ''::text,
	no_follow_up text,
	keep_id uuid not null,
	record jsonb not null,
	hash text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint decisions_pkey PRIMARY KEY (id),
	constraint decisions_case_id_key UNIQUE (case_id),
	constraint decisions_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint decisions_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint decisions_id_fkey FOREIGN KEY (id) REFERENCES objects(id),
	constraint decisions_item_id_fkey FOREIGN KEY (item_id) REFERENCES agenda_items(id),
	constraint decisions_keep_id_fkey FOREIGN KEY (keep_id) REFERENCES document_keeps(id),
	constraint decisions_option_id_fkey FOREIGN KEY (option_id) REFERENCES options(id),
	constraint decisions_decider_check CHECK ((decider = ANY (ARRAY['director'::text, 'forum'::text, 'council'::text, 'external'::text]))),
	constraint decisions_method_check CHECK ((method = ANY (ARRAY['chair'::text, 'vote'::text, 'written'::text]))),
	constraint decisions_standing_check CHECK ((standing = ANY (ARRAY['decided'::text, 'recommended'::text]))),
	constraint decisions_wording_check CHECK ((wording <> ''::text))
);

create table departments (
	id uuid not null default gen_random_uuid(),
	name text not null,
	constraint departments_pkey PRIMARY KEY (id),
	constraint departments_name_key UNIQUE (name),
	constraint departments_name_check CHECK ((name <> ''::text))
);

create table derived_measure_ends (
	derived_id uuid not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint derived_measure_ends_pkey PRIMARY KEY (derived_id),
	constraint derived_measure_ends_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint derived_measure_ends_derived_id_fkey FOREIGN KEY (derived_id) REFERENCES derived_measures(id),
	constraint derived_measure_ends_reason_check CHECK ((reason <> ''::text))
);

create table derived_measures (
	id uuid not null default gen_random_uuid(),
	dataset_id uuid not null,
	label text not null,
	kind text not null,
	numerator text not null,
	denominator text,
	per integer,
	base_period text,
	decimals smallint not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint derived_measures_pkey PRIMARY KEY (id),
	constraint derived_measures_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint derived_measures_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint derived_measures_check CHECK (((kind = 'index'::text) = (denominator IS NULL))),
	constraint derived_measures_check1 CHECK (((kind = 'index'::text) = (base_period IS NOT NULL))),
	constraint derived_measures_check2 CHECK (((kind = 'rate'::text) = (per IS NOT NULL))),
	constraint derived_measures_decimals_check CHECK (((decimals >= 0) AND (decimals <= 6))),
	constraint derived_measures_kind_check CHECK ((kind = ANY (ARRAY['rate'::text, 'share'::text, 'index'::text]))),
	constraint derived_measures_label_check CHECK ((label <> ''::text)),
	constraint derived_measures_per_check CHECK ((per > 0)),
	constraint derived_measures_reason_check CHECK ((reason <> ''::text))
);

create table differing_readings (
	id bigint not null generated always as identity,
	differing_id uuid not null,
	person_id uuid not null,
	reading text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint differing_readings_pkey PRIMARY KEY (id),
	constraint differing_readings_differing_id_fkey FOREIGN KEY (differing_id) REFERENCES differings(id),
	constraint differing_readings_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint differing_readings_reading_check CHECK ((reading <> ''::text))
);

create table differings (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	matter text not null,
	raised_by uuid not null,
	raised_at timestamp with time zone not null default clock_timestamp(),
	settled_at timestamp with time zone,
	settled_by uuid,
	annotation_id uuid,
	constraint differings_pkey PRIMARY KEY (id),
	constraint differings_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint differings_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint differings_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES persons(id),
	constraint differings_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES persons(id),
	constraint differings_check CHECK ((num_nulls(settled_at, settled_by) = ANY (ARRAY[0, 2]))),
	constraint differings_matter_check CHECK ((matter <> ''::text))
);

create table document_clients (
	document_id uuid not null,
	client_id bigint not null,
	person_id uuid,
	since timestamp with time zone not null default now(),
	constraint document_clients_pkey PRIMARY KEY (document_id, client_id),
	constraint document_clients_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents(id),
	constraint document_clients_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table document_keeps (
	id uuid not null default gen_random_uuid(),
	document_id uuid not null,
	seq bigint not null,
	bytes bytea not null,
	content jsonb not null,
	why text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	name text,
	constraint document_keeps_pkey PRIMARY KEY (id),
	constraint document_keeps_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint document_keeps_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents(id),
	constraint document_keeps_name_check CHECK ((name <> ''::text)),
	constraint document_keeps_named CHECK (((why = 'named'::text) = (name IS NOT NULL)))
);

create table document_restores (
	before_id uuid not null,
	from_id uuid not null,
	client_id bigint not null,
	constraint document_restores_pkey PRIMARY KEY (before_id),
	constraint document_restores_before_id_fkey FOREIGN KEY (before_id) REFERENCES document_keeps(id),
	constraint document_restores_from_id_fkey FOREIGN KEY (from_id) REFERENCES document_keeps(id)
);

create table document_texts (
	document_id uuid not null,
	epoch integer not null,
	seq bigint not null,
	content jsonb not null,
	text text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint document_texts_pkey PRIMARY KEY (document_id),
	constraint document_texts_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents(id)
);

create table document_updates (
	document_id uuid not null,
	seq bigint not null,
	bytes bytea not null,
	person_id uuid,
	at timestamp with time zone not null default clock_timestamp(),
	state_vector bytea,
	constraint document_updates_pkey PRIMARY KEY (document_id, seq),
	constraint document_updates_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents(id),
	constraint document_updates_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table documents (
	id uuid not null default gen_random_uuid(),
	object_id uuid not null,
	seq bigint not null default 0,
	epoch integer not null default 1,
	closed_at timestamp with time zone,
	created_at timestamp with time zone not null default now(),
	constraint documents_pkey PRIMARY KEY (id),
	constraint documents_object_id_key UNIQUE (object_id),
	constraint documents_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id)
);

create table event_outbox (
	event_id bigint not null,
	attempts integer not null default 0,
	not_before timestamp with time zone not null default now(),
	last_error text,
	constraint event_outbox_pkey PRIMARY KEY (event_id),
	constraint event_outbox_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id)
);

create table events (
	id bigint not null generated always as identity,
	at timestamp with time zone not null default clock_timestamp(),
	person_id uuid,
	verb text not null,
	object_kind text,
	object_id uuid,
	forum_id uuid,
	detail jsonb not null default '{}'::jsonb,
	xact xid8 not null default pg_current_xact_id(),
	constraint events_pkey PRIMARY KEY (id)
);

create table evidence (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	kind text not null,
	title text not null,
	note text not null default ''::text,
	link text,
	figure_id uuid,
	annotation_id uuid,
	stance text not null default 'supports'::text,
	added_by uuid not null,
	added_at timestamp with time zone not null default clock_timestamp(),
	parked_at timestamp with time zone,
	parked_by uuid,
	sender text not null default ''::text,
	parked_reason text not null default ''::text,
	shortlisted_at timestamp with time zone,
	shortlisted_by uuid,
	told jsonb not null default '{}'::jsonb,
	constraint evidence_pkey PRIMARY KEY (id),
	constraint evidence_added_by_fkey FOREIGN KEY (added_by) REFERENCES persons(id),
	constraint evidence_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint evidence_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint evidence_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES figures(id),
	constraint evidence_parked_by_fkey FOREIGN KEY (parked_by) REFERENCES persons(id),
	constraint evidence_shortlisted_by_fkey FOREIGN KEY (shortlisted_by) REFERENCES persons(id),
	constraint evidence_check CHECK (((kind = 'figure'::text) = (figure_id IS NOT NULL))),
	constraint evidence_check1 CHECK ((num_nulls(shortlisted_at, shortlisted_by) = ANY (ARRAY[0, 2]))),
	constraint evidence_kind_check CHECK ((kind = ANY (ARRAY['figure'::text, 'document'::text, 'research'::text, 'practice'::text, 'stakeholder'::text, 'comparable_case'::text]))),
	constraint evidence_stance_check CHECK ((stance = ANY (ARRAY['supports'::text, 'contradicts'::text, 'neutral'::text]))),
	constraint evidence_title_check CHECK ((title <> ''::text)),
	constraint evidence_told_check CHECK ((jsonb_typeof(told) = 'object'::text))
);

create table evidence_appraisals (
	id bigint not null generated always as identity,
	evidence_id uuid not null,
	person_id uuid not null,
	credibility text not null,
	relevance text not null,
	reason text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint evidence_appraisals_pkey PRIMARY KEY (id),
	constraint evidence_appraisals_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES evidence(id),
	constraint evidence_appraisals_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint evidence_appraisals_credibility_check CHECK ((credibility = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
	constraint evidence_appraisals_reason_check CHECK ((reason <> ''::text)),
	constraint evidence_appraisals_relevance_check CHECK ((relevance = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text])))
);

create table evidence_files (
	evidence_id uuid not null,
	name text not null,
	type text not null,
	size integer not null,
	sha256 text not null,
	bytes bytea not null,
	constraint evidence_files_pkey PRIMARY KEY (evidence_id),
	constraint evidence_files_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES evidence(id),
	constraint evidence_files_check CHECK ((octet_length(bytes) = size)),
	constraint evidence_files_name_check CHECK ((name <> ''::text)),
	constraint evidence_files_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
	constraint evidence_files_size_check CHECK (((size >= 1) AND (size <= 10485760)))
);

create table evidence_links (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	from_id uuid not null,
	to_id uuid not null,
	relation text not null,
	made_by uuid not null,
	made_at timestamp with time zone not null default clock_timestamp(),
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	constraint evidence_links_pkey PRIMARY KEY (id),
	constraint evidence_links_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint evidence_links_from_id_fkey FOREIGN KEY (from_id) REFERENCES evidence(id),
	constraint evidence_links_made_by_fkey FOREIGN KEY (made_by) REFERENCES persons(id),
	constraint evidence_links_to_id_fkey FOREIGN KEY (to_id) REFERENCES evidence(id),
	constraint evidence_links_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint evidence_links_check CHECK ((from_id <> to_id)),
	constraint evidence_links_check1 CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint evidence_links_relation_check CHECK ((relation = ANY (ARRAY['supports'::text, 'contradicts'::text])))
);

create table exclusions (
	id uuid not null default gen_random_uuid(),
	object_id uuid not null,
	person_id uuid not null,
	reason text not null,
	since timestamp with time zone not null default now(),
	by uuid not null,
	until timestamp with time zone,
	constraint exclusions_pkey PRIMARY KEY (id),
	constraint exclusions_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint exclusions_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id),
	constraint exclusions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint exclusions_reason_check CHECK ((reason <> ''::text))
);

create table figure_interpretations (
	id bigint not null generated always as identity,
	figure_id uuid not null,
	person_id uuid not null,
	department_id uuid not null,
	role text not null,
	words text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint figure_interpretations_pkey PRIMARY KEY (id),
	constraint figure_interpretations_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint figure_interpretations_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES figures(id),
	constraint figure_interpretations_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table figures (
	id uuid not null default gen_random_uuid(),
	brief_id uuid not null,
	version_id uuid not null,
	"position" integer not null,
	title text not null,
	why text not null default ''::text,
	spec jsonb not null,
	first_page boolean not null default true,
	created_by uuid not null,
	created_at timestamp with time zone not null default clock_timestamp(),
	removed_at timestamp with time zone,
	coupling_id uuid,
	section text,
	algorithm text,
	constraint figures_pkey PRIMARY KEY (id),
	constraint figures_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint figures_coupling_id_fkey FOREIGN KEY (coupling_id) REFERENCES couplings(id),
	constraint figures_created_by_fkey FOREIGN KEY (created_by) REFERENCES persons(id),
	constraint figures_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint figures_algorithm_check CHECK ((algorithm <> ''::text)),
	constraint figures_title_check CHECK ((title <> ''::text))
);

create table forums (
	id uuid not null default gen_random_uuid(),
	slug text not null,
	name text not null,
	municipality text not null default ''::text,
	small_number_limit integer not null default 5,
	fictional boolean not null default false,
	created_at timestamp with time zone not null default now(),
	circulate_workdays integer,
	approval text not null default 'none'::text,
	hand_in_workdays integer,
	after_deadline text not null default 'shown'::text,
	written_procedure text not null default 'none'::text,
	constraint forums_pkey PRIMARY KEY (id),
	constraint forums_slug_key UNIQUE (slug),
	constraint forums_after_deadline_check CHECK ((after_deadline = ANY (ARRAY['shown'::text, 'urgent'::text]))),
	constraint forums_approval_check CHECK ((approval = ANY (ARRAY['none'::text, 'shown'::text, 'required'::text]))),
	constraint forums_circulate_workdays_check CHECK (((circulate_workdays >= 1) AND (circulate_workdays <= 20))),
	constraint forums_hand_in_workdays_check CHECK (((hand_in_workdays >= 1) AND (hand_in_workdays <= 20))),
	constraint forums_name_check CHECK ((name <> ''::text)),
	constraint forums_slug_check CHECK ((slug ~ '^[a-z0-9-]{2,60}$'::text)),
	constraint forums_small_number_limit_check CHECK (((small_number_limit >= 3) AND (small_number_limit <= 50))),
	constraint forums_written_procedure_check CHECK ((written_procedure = ANY (ARRAY['none'::text, 'allowed'::text, 'one_stops'::text])))
);

create table goal_statuses (
	goal_id uuid not null,
	version_id uuid not null,
	status text not null,
	reason text,
	period text,
	value double precision,
	expected double precision,
	computed_at timestamp with time zone not null default clock_timestamp(),
	constraint goal_statuses_pkey PRIMARY KEY (goal_id, version_id),
	constraint goal_statuses_goal_id_fkey FOREIGN KEY (goal_id) REFERENCES goals(id),
	constraint goal_statuses_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint goal_statuses_status_check CHECK ((status = ANY (ARRAY['ahead'::text, 'on_course'::text, 'behind'::text, 'missed'::text, 'reached'::text, 'no_data'::text])))
);

create table goals (
	id uuid not null,
	forum_id uuid not null,
	decision_id uuid,
	title text not null,
	owner_id uuid not null,
	dataset_id uuid,
	reading jsonb,
	direction text,
	baseline_value double precision,
	baseline_period text,
	baseline_version_id uuid,
	baseline_figure_id uuid,
	target_value double precision,
	target_date date not null,
	tolerance double precision,
	forecast_value double precision,
	unmeasured_reason text,
	sign text,
	next_review date,
	created_by uuid not null,
	created_at timestamp with time zone not null default clock_timestamp(),
	constraint goals_pkey PRIMARY KEY (id),
	constraint goals_baseline_figure_id_fkey FOREIGN KEY (baseline_figure_id) REFERENCES figures(id),
	constraint goals_baseline_version_id_fkey FOREIGN KEY (baseline_version_id) REFERENCES versions(id),
	constraint goals_created_by_fkey FOREIGN KEY (created_by) REFERENCES persons(id),
	constraint goals_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint goals_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decisions(id),
	constraint goals_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint goals_id_fkey FOREIGN KEY (id) REFERENCES objects(id),
	constraint goals_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES persons(id),
	constraint goals_check CHECK (((dataset_id IS NULL) = ((unmeasured_reason IS NOT NULL) AND (sign IS NOT NULL)))),
	constraint goals_check1 CHECK (((dataset_id IS NULL) OR ((reading IS NOT NULL) AND (direction IS NOT NULL) AND (baseline_value IS NOT NULL) AND (baseline_period IS NOT NULL) AND (baseline_version_id IS NOT NULL) AND (target_value IS NOT NULL)))),
	constraint goals_direction_check CHECK ((direction = ANY (ARRAY['up'::text, 'down'::text]))),
	constraint goals_title_check CHECK ((title <> ''::text))
);

create table hypotheses (
	id uuid not null default gen_random_uuid(),
	dataset_id uuid not null,
	measure text not null,
	statement text not null,
	places jsonb not null,
	direction text not null,
	"least" double precision,
	from_period text not null,
	by_period text not null,
	version_id uuid not null,
	baseline double precision not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint hypotheses_pkey PRIMARY KEY (id),
	constraint hypotheses_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint hypotheses_dataset_id_measure_fkey FOREIGN KEY (dataset_id, measure) REFERENCES indicators(dataset_id, measure),
	constraint hypotheses_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint hypotheses_direction_check CHECK ((direction = ANY (ARRAY['up'::text, 'down'::text]))),
	constraint hypotheses_least_check CHECK (("least" > (0)::double precision)),
	constraint hypotheses_statement_check CHECK ((statement <> ''::text))
);

create table indicators (
	dataset_id uuid not null,
	measure text not null,
	label text not null,
	unit text not null,
	last_number integer not null,
	why text,
	direction text,
	population text,
	denominator text,
	denominator_reason text,
	meaning text,
	green_at double precision,
	red_at double precision,
	threshold_measure text,
	counts text,
	demanded_by text,
	steered_instead text,
	described_by uuid,
	described_at timestamp with time zone,
	search tsvector not null generated always as ((setweight(to_tsvector('danish'::regconfig, label), 'A'::"char") || setweight(to_tsvector('danish'::regconfig, ((((COALESCE(why, ''::text) || ' '::text) || COALESCE(population, ''::text)) || ' '::text) || COALESCE(demanded_by, ''::text))), 'B'::"char"))) stored,
	plain text not null generated always as (lower(label)) stored,
	constraint indicators_pkey PRIMARY KEY (dataset_id, measure),
	constraint indicators_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint indicators_described_by_fkey FOREIGN KEY (described_by) REFERENCES persons(id),
	constraint indicators_check CHECK (((green_at IS NULL) = (red_at IS NULL))),
	constraint indicators_counts_check CHECK ((counts = ANY (ARRAY['effort'::text, 'process'::text, 'result'::text, 'effect'::text]))),
	constraint indicators_direction_check CHECK ((direction = ANY (ARRAY['up'::text, 'down'::text]))),
	constraint indicators_meaning_check CHECK ((meaning = ANY (ARRAY['relative'::text, 'act'::text])))
);

create table lendings (
	id bigint not null generated always as identity,
	object_id uuid not null,
	forum_id uuid not null,
	lent_by uuid,
	at timestamp with time zone not null default clock_timestamp(),
	taken_by uuid,
	until timestamp with time zone,
	constraint lendings_pkey PRIMARY KEY (id),
	constraint lendings_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint lendings_lent_by_fkey FOREIGN KEY (lent_by) REFERENCES persons(id),
	constraint lendings_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id),
	constraint lendings_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES persons(id)
);

create table meeting_moves (
	id bigint not null generated always as identity,
	meeting_id uuid not null,
	item_id uuid,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint meeting_moves_pkey PRIMARY KEY (id),
	constraint meeting_moves_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint meeting_moves_item_id_fkey FOREIGN KEY (item_id) REFERENCES agenda_items(id),
	constraint meeting_moves_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id)
);

create table meetings (
	id uuid not null,
	forum_id uuid not null,
	starts_at timestamp with time zone not null,
	place text not null default ''::text,
	opened_at timestamp with time zone,
	closed_at timestamp with time zone,
	constraint meetings_pkey PRIMARY KEY (id),
	constraint meetings_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint meetings_id_fkey FOREIGN KEY (id) REFERENCES objects(id)
);

create table members (
	forum_id uuid not null,
	person_id uuid not null,
	role text not null,
	chair boolean not null default false,
	since timestamp with time zone not null default now(),
	constraint members_pkey PRIMARY KEY (forum_id, person_id),
	constraint members_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint members_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint members_check CHECK (((NOT chair) OR (role = 'director'::text))),
	constraint members_role_check CHECK ((role = ANY (ARRAY['director'::text, 'chief'::text, 'analyst'::text, 'secretary'::text, 'observer'::text])))
);

create table migrations (
	number integer not null,
	name text not null,
	at timestamp with time zone not null default now(),
	constraint migrations_pkey PRIMARY KEY (number)
);

create table milestones (
	id uuid not null default gen_random_uuid(),
	goal_id uuid not null,
	title text not null,
	due date not null,
	target_value double precision,
	reached_at timestamp with time zone,
	reached_by uuid,
	constraint milestones_pkey PRIMARY KEY (id),
	constraint milestones_goal_id_fkey FOREIGN KEY (goal_id) REFERENCES goals(id),
	constraint milestones_reached_by_fkey FOREIGN KEY (reached_by) REFERENCES persons(id),
	constraint milestones_title_check CHECK ((title <> ''::text))
);

create table objects (
	id uuid not null default gen_random_uuid(),
	kind text not null,
	forum_id uuid not null,
	department_id uuid,
	title text not null,
	phase text not null,
	confidential boolean not null default false,
	created_by uuid not null,
	created_at timestamp with time zone not null default now(),
	constraint objects_pkey PRIMARY KEY (id),
	constraint objects_created_by_fkey FOREIGN KEY (created_by) REFERENCES persons(id),
	constraint objects_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint objects_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint objects_kind_check CHECK ((kind = ANY (ARRAY['dataset'::text, 'brief'::text, 'case'::text, 'meeting'::text, 'decision'::text, 'goal'::text]))),
	constraint objects_title_check CHECK ((title <> ''::text))
);

create table option_views (
	id bigint not null generated always as identity,
	option_id uuid not null,
	part text not null,
	level text not null,
	words text not null default ''::text,
	person_id uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint option_views_pkey PRIMARY KEY (id),
	constraint option_views_option_id_fkey FOREIGN KEY (option_id) REFERENCES options(id),
	constraint option_views_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint option_views_level_check CHECK ((level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
	constraint option_views_part_check CHECK ((part = ANY (ARRAY['value'::text, 'support'::text, 'capacity'::text, 'tasks'::text, 'technology'::text, 'people'::text, 'structure'::text, 'surroundings'::text])))
);

create table options (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	"position" integer not null,
	title text not null,
	status_quo boolean not null default false,
	recommended boolean not null default false,
	amount numeric,
	horizon text not null default ''::text,
	funding text not null default ''::text,
	likelihood text,
	row_version integer not null default 1,
	created_by uuid not null,
	created_at timestamp with time zone not null default clock_timestamp(),
	withdrawn_at timestamp with time zone,
	annotation_id uuid,
	constraint options_pkey PRIMARY KEY (id),
	constraint options_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint options_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint options_created_by_fkey FOREIGN KEY (created_by) REFERENCES persons(id),
	constraint options_check CHECK ((NOT (status_quo AND (withdrawn_at IS NOT NULL)))),
	constraint options_likelihood_check CHECK ((likelihood = ANY (ARRAY['likely'::text, 'possible'::text, 'unlikely'::text]))),
	constraint options_title_check CHECK ((title <> ''::text))
);

create table outlines (
	id uuid not null default gen_random_uuid(),
	forum_id uuid not null,
	title text not null,
	source text not null,
	width integer not null,
	height integer not null,
	areas jsonb not null,
	file_name text not null,
	file_hash text not null,
	brought_by uuid not null,
	brought_at timestamp with time zone not null default clock_timestamp(),
	constraint outlines_pkey PRIMARY KEY (id),
	constraint outlines_forum_id_file_hash_key UNIQUE (forum_id, file_hash),
	constraint outlines_brought_by_fkey FOREIGN KEY (brought_by) REFERENCES persons(id),
	constraint outlines_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint outlines_height_check CHECK ((height > 0)),
	constraint outlines_source_check CHECK ((source <> ''::text)),
	constraint outlines_title_check CHECK ((title <> ''::text)),
	constraint outlines_width_check CHECK ((width > 0))
);

create table persons (
	id uuid not null default gen_random_uuid(),
	name text not null,
	email text not null,
	password_hash text not null,
	department_id uuid not null,
	title text not null default ''::text,
	locale text,
	created_at timestamp with time zone not null default now(),
	deactivated_at timestamp with time zone,
	service boolean not null default false,
	constraint persons_pkey PRIMARY KEY (id),
	constraint persons_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint persons_email_check CHECK (((email = lower(email)) AND (email ~~ '%_@_%'::text))),
	constraint persons_locale_check CHECK ((locale = ANY (ARRAY['da'::text, 'en'::text]))),
	constraint persons_name_check CHECK ((name <> ''::text))
);

create table proposal_departments (
	proposal_id uuid not null,
	department_id uuid not null,
	constraint proposal_departments_pkey PRIMARY KEY (proposal_id, department_id),
	constraint proposal_departments_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint proposal_departments_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(id)
);

create table proposals (
	id uuid not null default gen_random_uuid(),
	forum_id uuid not null,
	title text not null,
	why text not null default ''::text,
	"position" integer not null,
	proposed_by uuid not null,
	proposed_at timestamp with time zone not null default clock_timestamp(),
	case_id uuid,
	declined text,
	settled_at timestamp with time zone,
	settled_by uuid,
	constraint proposals_pkey PRIMARY KEY (id),
	constraint proposals_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint proposals_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES persons(id),
	constraint proposals_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES persons(id),
	constraint proposals_check CHECK ((num_nulls(settled_at, settled_by) = ANY (ARRAY[0, 2]))),
	constraint proposals_check1 CHECK ((num_nonnulls(case_id, declined) =
CASE
    WHEN (settled_at IS NULL) THEN 0
    ELSE 1
END)),
	constraint proposals_declined_check CHECK ((declined <> ''::text)),
	constraint proposals_title_check CHECK ((title <> ''::text))
);

create table pulls (
	dataset_id uuid not null,
	url text not null,
	method text not null,
	body text,
	headers jsonb not null default '{}'::jsonb,
	rhythm text not null,
	set_by uuid not null,
	set_at timestamp with time zone not null default clock_timestamp(),
	paused_at timestamp with time zone,
	next_at timestamp with time zone not null,
	failures integer not null default 0,
	held_until timestamp with time zone,
	etag text,
	last_modified text,
	last_at timestamp with time zone,
	last_outcome text,
	last_code text,
	last_params jsonb,
	last_version_id uuid,
	constraint pulls_pkey PRIMARY KEY (dataset_id),
	constraint pulls_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint pulls_last_version_id_fkey FOREIGN KEY (last_version_id) REFERENCES versions(id),
	constraint pulls_set_by_fkey FOREIGN KEY (set_by) REFERENCES persons(id),
	constraint pulls_check CHECK (((body IS NULL) = (method = 'GET'::text))),
	constraint pulls_last_outcome_check CHECK ((last_outcome = ANY (ARRAY['stored'::text, 'unchanged'::text, 'refused'::text, 'failed'::text]))),
	constraint pulls_method_check CHECK ((method = ANY (ARRAY['GET'::text, 'POST'::text]))),
	constraint pulls_rhythm_check CHECK ((rhythm = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text]))),
	constraint pulls_url_check CHECK ((url ~~ 'https://%'::text))
);

create table push_answers (
	account_id uuid not null,
	key text not null,
	fingerprint text not null,
	status integer,
	answer json,
	at timestamp with time zone not null default clock_timestamp(),
	constraint push_answers_pkey PRIMARY KEY (account_id, key),
	constraint push_answers_account_id_fkey FOREIGN KEY (account_id) REFERENCES service_accounts(id)
);

create table readers (
	id bigint not null generated always as identity,
	object_id uuid not null,
	person_id uuid not null,
	added_by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	until timestamp with time zone,
	constraint readers_pkey PRIMARY KEY (id),
	constraint readers_added_by_fkey FOREIGN KEY (added_by) REFERENCES persons(id),
	constraint readers_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id),
	constraint readers_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id)
);

create table requests (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	question text not null,
	asked_id uuid not null,
	due date not null,
	asked_by uuid not null,
	asked_at timestamp with time zone not null default clock_timestamp(),
	answer text,
	answered_at timestamp with time zone,
	answered_by uuid,
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	annotation_id uuid,
	constraint requests_pkey PRIMARY KEY (id),
	constraint requests_annotation_id_fkey FOREIGN KEY (annotation_id) REFERENCES annotations(id),
	constraint requests_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES persons(id),
	constraint requests_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES persons(id),
	constraint requests_asked_id_fkey FOREIGN KEY (asked_id) REFERENCES persons(id),
	constraint requests_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint requests_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint requests_answer_check CHECK ((answer <> ''::text)),
	constraint requests_check CHECK ((num_nulls(answer, answered_at, answered_by) = ANY (ARRAY[0, 3]))),
	constraint requests_check1 CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint requests_question_check CHECK ((question <> ''::text))
);

create table responsible_directors (
	forum_id uuid not null,
	department_id uuid not null,
	director_id uuid not null,
	constraint responsible_directors_pkey PRIMARY KEY (forum_id, department_id),
	constraint responsible_directors_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint responsible_directors_director_id_fkey FOREIGN KEY (director_id) REFERENCES persons(id),
	constraint responsible_directors_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id)
);

create table revision_flags (
	id uuid not null default gen_random_uuid(),
	decision_id uuid not null,
	figure_id uuid not null,
	version_id uuid not null,
	measure text not null,
	coordinates jsonb not null,
	old_value double precision not null,
	new_value double precision,
	at timestamp with time zone not null default clock_timestamp(),
	constraint revision_flags_pkey PRIMARY KEY (id),
	constraint revision_flags_decision_id_figure_id_version_id_measure_coo_key UNIQUE (decision_id, figure_id, version_id, measure, coordinates),
	constraint revision_flags_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decisions(id),
	constraint revision_flags_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES figures(id),
	constraint revision_flags_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id)
);

create table rival_measure_sides (
	rival_id uuid not null,
	side smallint not null,
	figure_id uuid not null,
	groups text not null default ''::text,
	assumptions text not null default ''::text,
	let_in text not null default ''::text,
	constraint rival_measure_sides_pkey PRIMARY KEY (rival_id, side),
	constraint rival_measure_sides_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES figures(id),
	constraint rival_measure_sides_rival_id_fkey FOREIGN KEY (rival_id) REFERENCES rival_measures(id),
	constraint rival_measure_sides_side_check CHECK ((side = ANY (ARRAY[1, 2])))
);

create table rival_measures (
	id uuid not null default gen_random_uuid(),
	brief_id uuid not null,
	measured text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	constraint rival_measures_pkey PRIMARY KEY (id),
	constraint rival_measures_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES briefs(id),
	constraint rival_measures_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint rival_measures_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES persons(id),
	constraint rival_measures_check CHECK ((num_nulls(withdrawn_at, withdrawn_by) = ANY (ARRAY[0, 2]))),
	constraint rival_measures_measured_check CHECK ((measured <> ''::text))
);

create table series_break_ends (
	break_id uuid not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint series_break_ends_pkey PRIMARY KEY (break_id),
	constraint series_break_ends_break_id_fkey FOREIGN KEY (break_id) REFERENCES series_breaks(id),
	constraint series_break_ends_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint series_break_ends_reason_check CHECK ((reason <> ''::text))
);

create table series_breaks (
	id uuid not null default gen_random_uuid(),
	dataset_id uuid not null,
	measure text not null,
	period text not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default now(),
	constraint series_breaks_pkey PRIMARY KEY (id),
	constraint series_breaks_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint series_breaks_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint series_breaks_reason_check CHECK ((reason <> ''::text))
);

create table service_accounts (
	id uuid not null,
	forum_id uuid not null,
	responsible_id uuid not null,
	token_hash text not null,
	hint text not null,
	created_at timestamp with time zone not null default clock_timestamp(),
	expires_on date not null,
	revoked_at timestamp with time zone,
	revoked_by uuid,
	last_used_at timestamp with time zone,
	allowance double precision not null,
	refilled_at timestamp with time zone not null default clock_timestamp(),
	constraint service_accounts_pkey PRIMARY KEY (id),
	constraint service_accounts_token_hash_key UNIQUE (token_hash),
	constraint service_accounts_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint service_accounts_id_fkey FOREIGN KEY (id) REFERENCES persons(id),
	constraint service_accounts_responsible_id_fkey FOREIGN KEY (responsible_id) REFERENCES persons(id),
	constraint service_accounts_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES persons(id),
	constraint service_accounts_check CHECK (((revoked_at IS NULL) = (revoked_by IS NULL)))
);

create table service_grants (
	account_id uuid not null,
	object_id uuid not null,
	constraint service_grants_pkey PRIMARY KEY (account_id, object_id),
	constraint service_grants_account_id_fkey FOREIGN KEY (account_id) REFERENCES service_accounts(id),
	constraint service_grants_object_id_fkey FOREIGN KEY (object_id) REFERENCES objects(id)
);

create table sessions (
	id text not null,
	public_id uuid not null default gen_random_uuid(),
	user_id uuid not null,
	expires_at timestamp with time zone not null,
	created_at timestamp with time zone not null default now(),
	seen_at timestamp with time zone not null default now(),
	user_agent text not null default ''::text,
	constraint sessions_pkey PRIMARY KEY (id),
	constraint sessions_public_id_key UNIQUE (public_id),
	constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES persons(id) ON DELETE CASCADE
);

create table sign_in_failures (
	subject text not null,
	at timestamp with time zone not null default now()
);

create table status_overrides (
	id bigint not null generated always as identity,
	goal_id uuid not null,
	version_id uuid,
	status text not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint status_overrides_pkey PRIMARY KEY (id),
	constraint status_overrides_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint status_overrides_goal_id_fkey FOREIGN KEY (goal_id) REFERENCES goals(id),
	constraint status_overrides_version_id_fkey FOREIGN KEY (version_id) REFERENCES versions(id),
	constraint status_overrides_reason_check CHECK ((reason <> ''::text)),
	constraint status_overrides_status_check CHECK ((status = ANY (ARRAY['ahead'::text, 'on_course'::text, 'behind'::text, 'missed'::text, 'reached'::text, 'no_data'::text])))
);

create table templates (
	forum_id uuid not null,
	kind text not null,
	number integer not null,
	parts jsonb,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint templates_pkey PRIMARY KEY (forum_id, kind, number),
	constraint templates_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint templates_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint templates_kind_check CHECK ((kind = ANY (ARRAY['decision'::text, 'sparring'::text, 'orientation'::text, 'budget'::text, 'follow_up'::text]))),
	constraint templates_number_check CHECK ((number > 0))
);

create table term_definitions (
	id bigint not null generated always as identity,
	term_id uuid not null,
	department_id uuid,
	definition text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint term_definitions_pkey PRIMARY KEY (id),
	constraint term_definitions_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint term_definitions_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id),
	constraint term_definitions_term_id_fkey FOREIGN KEY (term_id) REFERENCES terms(id),
	constraint term_definitions_check CHECK (((definition <> ''::text) OR (department_id IS NOT NULL)))
);

create table term_states (
	id bigint not null generated always as identity,
	term_id uuid not null,
	state text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint term_states_pkey PRIMARY KEY (id),
	constraint term_states_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint term_states_term_id_fkey FOREIGN KEY (term_id) REFERENCES terms(id),
	constraint term_states_state_check CHECK ((state = ANY (ARRAY['adopted'::text, 'withdrawn'::text])))
);

create table terms (
	id uuid not null default gen_random_uuid(),
	forum_id uuid not null,
	word text not null,
	forms text[] not null default '{}'::text[],
	proposed_by uuid not null,
	proposed_at timestamp with time zone not null default clock_timestamp(),
	constraint terms_pkey PRIMARY KEY (id),
	constraint terms_forum_id_fkey FOREIGN KEY (forum_id) REFERENCES forums(id),
	constraint terms_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES persons(id),
	constraint terms_word_check CHECK ((word <> ''::text))
);

create table urgencies (
	id bigint not null generated always as identity,
	case_id uuid not null,
	reason text not null,
	by uuid not null,
	at timestamp with time zone not null default clock_timestamp(),
	lifted_at timestamp with time zone,
	lifted_by uuid,
	constraint urgencies_pkey PRIMARY KEY (id),
	constraint urgencies_by_fkey FOREIGN KEY (by) REFERENCES persons(id),
	constraint urgencies_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint urgencies_lifted_by_fkey FOREIGN KEY (lifted_by) REFERENCES persons(id),
	constraint urgencies_check CHECK ((num_nulls(lifted_at, lifted_by) = ANY (ARRAY[0, 2]))),
	constraint urgencies_reason_check CHECK ((reason <> ''::text))
);

create table versions (
	id uuid not null default gen_random_uuid(),
	dataset_id uuid not null,
	number integer not null,
	as_of date not null,
	file_name text not null,
	file_hash text not null,
	recipe jsonb not null,
	shape jsonb not null,
	small_number_limit integer,
	suppressed integer not null default 0,
	confirmations jsonb not null default '[]'::jsonb,
	changes jsonb,
	imported_by uuid not null,
	imported_at timestamp with time zone not null default clock_timestamp(),
	sums jsonb not null default '{}'::jsonb,
	given_away integer not null default 0,
	stricter_of uuid,
	notes jsonb not null default '[]'::jsonb,
	constraint versions_pkey PRIMARY KEY (id),
	constraint versions_dataset_id_file_hash_key UNIQUE (dataset_id, file_hash),
	constraint versions_dataset_id_number_key UNIQUE (dataset_id, number),
	constraint versions_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets(id),
	constraint versions_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES persons(id),
	constraint versions_stricter_of_fkey FOREIGN KEY (stricter_of) REFERENCES versions(id),
	constraint versions_number_check CHECK ((number > 0))
);

create table vote_rounds (
	id uuid not null default gen_random_uuid(),
	item_id uuid not null,
	question text not null,
	among text not null,
	opened_by uuid not null,
	opened_at timestamp with time zone not null default clock_timestamp(),
	closed_at timestamp with time zone,
	constraint vote_rounds_pkey PRIMARY KEY (id),
	constraint vote_rounds_item_id_fkey FOREIGN KEY (item_id) REFERENCES agenda_items(id),
	constraint vote_rounds_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES persons(id),
	constraint vote_rounds_among_check CHECK ((among = ANY (ARRAY['yes_no'::text, 'options'::text]))),
	constraint vote_rounds_question_check CHECK ((question <> ''::text))
);

create table votes (
	round_id uuid not null,
	person_id uuid not null,
	choice text not null,
	at timestamp with time zone not null default clock_timestamp(),
	constraint votes_pkey PRIMARY KEY (round_id, person_id),
	constraint votes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint votes_round_id_fkey FOREIGN KEY (round_id) REFERENCES vote_rounds(id)
);

create table written_answers (
	id bigint not null generated always as identity,
	procedure_id uuid not null,
	person_id uuid not null,
	answer text not null,
	words text not null default ''::text,
	at timestamp with time zone not null default clock_timestamp(),
	constraint written_answers_pkey PRIMARY KEY (id),
	constraint written_answers_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
	constraint written_answers_procedure_id_fkey FOREIGN KEY (procedure_id) REFERENCES written_procedures(id),
	constraint written_answers_answer_check CHECK ((answer = ANY (ARRAY['agree'::text, 'against'::text, 'meeting'::text])))
);

create table written_procedures (
	id uuid not null default gen_random_uuid(),
	case_id uuid not null,
	due date not null,
	one_stops boolean not null,
	keep_id uuid not null,
	options jsonb not null,
	evidence jsonb not null,
	asked_by uuid not null,
	asked_at timestamp with time zone not null default clock_timestamp(),
	ended text,
	ended_at timestamp with time zone,
	ended_by uuid,
	head jsonb,
	constraint written_procedures_pkey PRIMARY KEY (id),
	constraint written_procedures_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES persons(id),
	constraint written_procedures_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
	constraint written_procedures_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES persons(id),
	constraint written_procedures_keep_id_fkey FOREIGN KEY (keep_id) REFERENCES document_keeps(id),
	constraint written_procedures_check CHECK ((num_nulls(ended, ended_at, ended_by) = ANY (ARRAY[0, 3]))),
	constraint written_procedures_ended_check CHECK ((ended = ANY (ARRAY['decided'::text, 'stopped'::text, 'withdrawn'::text])))
);

create view active_persons as
 SELECT p.id,
    p.name,
    p.email,
    p.department_id,
    d.name AS department_name,
    p.title,
    p.locale
   FROM (persons p
     JOIN departments d ON ((d.id = p.department_id)))
  WHERE ((p.deactivated_at IS NULL) AND (NOT p.service));

create view cells as
 SELECT b.version_id,
    b.measure,
    (((b.first + s.place) - 1))::integer AS "position",
    n.value,
    (s.status)::"char" AS status
   FROM ((cell_blocks b
     CROSS JOIN LATERAL ( SELECT letters.status,
            letters.place,
            count(*) FILTER (WHERE (letters.status = 'v'::text)) OVER (ORDER BY letters.place) AS nth
           FROM string_to_table(b.statuses, NULL::text) WITH ORDINALITY letters(status, place)) s)
     LEFT JOIN LATERAL unnest(b.numbers) WITH ORDINALITY n(value, nth) ON (((s.status = 'v'::text) AND (n.nth = s.nth))))
  WHERE (s.status <> '.'::text);

create view figure_versions as
 SELECT figures.id AS figure_id,
    figures.version_id
   FROM figures
UNION
 SELECT f.id AS figure_id,
    p.version_id
   FROM (figures f
     JOIN coupling_parts p ON ((p.coupling_id = f.coupling_id)));

CREATE INDEX actions_decision ON actions USING btree (decision_id, due);
CREATE UNIQUE INDEX agenda_items_once ON agenda_items USING btree (meeting_id, case_id) WHERE (removed_at IS NULL);
CREATE INDEX annotation_terms_term ON annotation_terms USING btree (term_id);
CREATE INDEX annotations_figure ON annotations USING btree (figure_id);
CREATE INDEX annotations_object ON annotations USING btree (object_id, created_at);
CREATE INDEX approval_notes_annotation ON approval_notes USING btree (annotation_id);
CREATE INDEX approvals_case ON approvals USING btree (case_id, id DESC);
CREATE INDEX approvals_director ON approvals USING btree (director_id, id DESC);
CREATE INDEX brief_assignments_of ON brief_assignments USING btree (brief_id);
CREATE UNIQUE INDEX brief_assignments_once ON brief_assignments USING btree (brief_id, section, person_id) WHERE ((done_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX brief_assignments_waiting ON brief_assignments USING btree (person_id) WHERE ((done_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX brief_left_out_of ON brief_left_out USING btree (brief_id);
CREATE INDEX brief_orders_of ON brief_orders USING btree (forum_id);
CREATE INDEX brief_recognitions_before_of ON brief_recognitions_before USING btree (recognition_id, id);
CREATE INDEX brief_recognitions_of ON brief_recognitions USING btree (brief_id);
CREATE INDEX brief_recognitions_waiting ON brief_recognitions USING btree (person_id) WHERE ((answered_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX brief_reviews_before_of ON brief_reviews_before USING btree (review_id, id);
CREATE INDEX brief_reviews_of ON brief_reviews USING btree (brief_id);
CREATE UNIQUE INDEX brief_reviews_once ON brief_reviews USING btree (brief_id, person_id) WHERE ((answered_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX brief_reviews_waiting ON brief_reviews USING btree (person_id) WHERE ((answered_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX budget_frames_of ON budget_frames USING btree (forum_id, year, department_id, id);
CREATE INDEX budget_proposals_case ON budget_proposals USING btree (case_id, id);
CREATE INDEX case_kinds_of ON case_kinds USING btree (case_id, id);
CREATE INDEX case_questions_from_note ON case_questions USING btree (annotation_id) WHERE (annotation_id IS NOT NULL);
CREATE INDEX case_questions_of_case ON case_questions USING btree (case_id);
CREATE INDEX cases_brief ON cases USING btree (brief_id);
CREATE INDEX category_mappings_dataset ON category_mappings USING btree (dataset_id, dimension);
CREATE INDEX checkins_goal ON checkins USING btree (goal_id, at);
CREATE INDEX circulations_case ON circulations USING btree (case_id, at DESC);
CREATE INDEX cited_values_version ON cited_values USING btree (version_id);
CREATE INDEX conflict_verdicts_goal ON conflict_verdicts USING btree (goal_id);
CREATE INDEX conflict_verdicts_of ON conflict_verdicts USING btree (option_id, goal_id, id);
CREATE INDEX consequences_option ON consequences USING btree (option_id, said_at);
CREATE INDEX counter_looks_of_case ON counter_looks USING btree (case_id);
CREATE INDEX coupling_answers_coupling ON coupling_answers USING btree (coupling_id, dataset_id, id DESC);
CREATE INDEX coupling_parts_dataset ON coupling_parts USING btree (dataset_id);
CREATE INDEX couplings_forum ON couplings USING btree (forum_id, made_at DESC);
CREATE INDEX derived_measures_dataset ON derived_measures USING btree (dataset_id, at);
CREATE INDEX differing_readings_of ON differing_readings USING btree (differing_id, person_id, id);
CREATE INDEX differings_from_note ON differings USING btree (annotation_id) WHERE (annotation_id IS NOT NULL);
CREATE INDEX differings_of_case ON differings USING btree (case_id);
CREATE INDEX document_keeps_document ON document_keeps USING btree (document_id, at);
CREATE INDEX events_forum ON events USING btree (forum_id, id);
CREATE INDEX events_object ON events USING btree (object_id, id);
CREATE INDEX evidence_appraisals_of ON evidence_appraisals USING btree (evidence_id, person_id, id);
CREATE INDEX evidence_case ON evidence USING btree (case_id, added_at);
CREATE INDEX evidence_from_note ON evidence USING btree (annotation_id) WHERE (annotation_id IS NOT NULL);
CREATE INDEX evidence_links_of_case ON evidence_links USING btree (case_id);
CREATE UNIQUE INDEX evidence_links_once ON evidence_links USING btree (from_id, to_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX exclusions_open ON exclusions USING btree (object_id, person_id) WHERE (until IS NULL);
CREATE INDEX figure_interpretations_of ON figure_interpretations USING btree (figure_id, person_id, id);
CREATE INDEX figures_brief ON figures USING btree (brief_id, "position");
CREATE INDEX goals_dataset ON goals USING btree (dataset_id);
CREATE INDEX goals_decision ON goals USING btree (decision_id);
CREATE INDEX hypotheses_indicator ON hypotheses USING btree (dataset_id, measure, at);
CREATE INDEX lendings_forum ON lendings USING btree (forum_id);
CREATE UNIQUE INDEX lendings_now ON lendings USING btree (object_id, forum_id) WHERE (until IS NULL);
CREATE INDEX lendings_object ON lendings USING btree (object_id, forum_id);
CREATE INDEX meeting_moves_newest ON meeting_moves USING btree (meeting_id, id DESC);
CREATE UNIQUE INDEX members_one_chair ON members USING btree (forum_id) WHERE chair;
CREATE INDEX members_person ON members USING btree (person_id);
CREATE INDEX milestones_goal ON milestones USING btree (goal_id, due);
CREATE INDEX objects_forum ON objects USING btree (forum_id, kind, created_at DESC);
CREATE INDEX option_views_of ON option_views USING btree (option_id, part, person_id, id);
CREATE INDEX options_case ON options USING btree (case_id, "position");
CREATE INDEX options_from_note ON options USING btree (annotation_id) WHERE (annotation_id IS NOT NULL);
CREATE UNIQUE INDEX options_one_recommended ON options USING btree (case_id) WHERE (recommended AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX options_one_status_quo ON options USING btree (case_id) WHERE status_quo;
CREATE UNIQUE INDEX persons_email ON persons USING btree (email);
CREATE INDEX proposals_forum ON proposals USING btree (forum_id, "position");
CREATE INDEX pulls_due ON pulls USING btree (next_at) WHERE (paused_at IS NULL);
CREATE INDEX push_answers_at ON push_answers USING btree (at);
CREATE UNIQUE INDEX readers_now ON readers USING btree (object_id, person_id) WHERE (until IS NULL);
CREATE INDEX requests_from_note ON requests USING btree (annotation_id) WHERE (annotation_id IS NOT NULL);
CREATE INDEX requests_of_case ON requests USING btree (case_id);
CREATE INDEX requests_waiting ON requests USING btree (asked_id) WHERE ((answered_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX rival_measures_of ON rival_measures USING btree (brief_id);
CREATE INDEX series_breaks_dataset ON series_breaks USING btree (dataset_id, measure, period);
CREATE INDEX service_accounts_forum ON service_accounts USING btree (forum_id, created_at);
CREATE INDEX service_grants_object ON service_grants USING btree (object_id);
CREATE INDEX sessions_user ON sessions USING btree (user_id);
CREATE INDEX sign_in_failures_subject ON sign_in_failures USING btree (subject, at);
CREATE INDEX status_overrides_goal ON status_overrides USING btree (goal_id, id DESC);
CREATE INDEX term_definitions_term ON term_definitions USING btree (term_id, department_id, id DESC);
CREATE INDEX term_states_term ON term_states USING btree (term_id, id DESC);
CREATE UNIQUE INDEX terms_word ON terms USING btree (forum_id, lower(word));
CREATE UNIQUE INDEX urgencies_one ON urgencies USING btree (case_id) WHERE (lifted_at IS NULL);
CREATE UNIQUE INDEX vote_rounds_one_open ON vote_rounds USING btree (item_id) WHERE (closed_at IS NULL);
CREATE INDEX written_answers_of ON written_answers USING btree (procedure_id, person_id, id DESC);
CREATE INDEX written_procedures_case ON written_procedures USING btree (case_id, asked_at DESC);
CREATE UNIQUE INDEX written_procedures_one_open ON written_procedures USING btree (case_id) WHERE (ended IS NULL);

CREATE OR REPLACE FUNCTION append_updates(ids uuid[], counts integer[], edits text[], writers uuid[], stand_in_line boolean, channel text, node text, carried text[])
 RETURNS TABLE(id uuid, closed boolean, last bigint)
 LANGUAGE plpgsql
AS $function$
declare
	place integer;
	taken integer := 0;
	held record;
begin
	for place in 1 .. cardinality(ids) loop
		if stand_in_line then
			select d.seq, d.closed_at into held from documents d
			where d.id = ids[place] for no key update;
		else
			select d.seq, d.closed_at into held from documents d
			where d.id = ids[place] for no key update skip locked;
		end if;
		if found then
			id := ids[place];
			closed := held.closed_at is not null;
			last := null;
			if not closed then
				for k in 1 .. counts[place] loop
					insert into document_updates (document_id, seq, bytes, person_id)
					values (id, held.seq + k, decode(edits[taken + k], 'hex'), writers[taken + k]);
				end loop;
				last := held.seq + counts[place];
				update documents d set seq = last where d.id = ids[place];
				perform pg_notify(channel, json_build_object(
					'type', 'update', 'document', id, 'seq', last, 'by', node,
					'first', held.seq + 1, 'edits', carried[place]::json)::text);
			end if;
			return next;
		end if;
		taken := taken + counts[place];
	end loop;
end $function$;

CREATE OR REPLACE FUNCTION forget_case(id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
	link record;
begin
	if not exists (select from cases c where c.id = forget_case.id and c.off_record) then
		raise exception 'only what is off the record is forgotten';
	end if;
	perform set_config('raadslag.forgets', 'case', true);
	for link in
		select c.conrelid::regclass child, a.attname own
		from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		where c.contype = 'f' and c.confrelid = 'cases'::regclass and a.attnotnull
			and c.conrelid::regclass::text not in ('case_states', 'agenda_items', 'decisions')
	loop
		perform forget_rows(link.child, link.own, array[forget_case.id::text]);
	end loop;
	perform forget_rows('annotations', 'object_id', array[forget_case.id::text]);
	perform forget_rows('documents', 'object_id', array[forget_case.id::text]);
	update cases c set forgotten_at = clock_timestamp() where c.id = forget_case.id;
	perform set_config('raadslag.forgets', '', true);
end $function$;

CREATE OR REPLACE FUNCTION forget_rows(target regclass, key text, keys text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
	link record;
	parents text[];
begin
	if coalesce(array_length(keys, 1), 0) = 0 then return; end if;
	for link in
		select c.conrelid::regclass child, a.attname own, p.attname parent, not a.attnotnull loose
		from pg_constraint c
		join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		join pg_attribute p on p.attrelid = c.confrelid and p.attnum = c.confkey[1]
		where c.contype = 'f' and c.confrelid = target and array_length(c.conkey, 1) = 1
	loop
		execute format('select array_agg(%I::text) from %s where %I::text = any($1)', link.parent, target, key)
			into parents using keys;
		if link.loose then
			execute format('update %s set %I = null where %I::text = any($1)', link.child, link.own, link.own) using parents;
		else
			perform forget_rows(link.child, link.own, parents);
		end if;
	end loop;
	execute format('delete from %s where %I::text = any($1)', target, key) using keys;
end $function$;

CREATE OR REPLACE FUNCTION list_in_catalogue(one versions)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
	insert into indicators (dataset_id, measure, label, unit, last_number)
	select one.dataset_id, m ->> 'key', m ->> 'label', coalesce(m ->> 'unit', ''), one.number
	from jsonb_array_elements(one.shape -> 'measures') m
	on conflict (dataset_id, measure) do update
		set label = excluded.label, unit = excluded.unit, last_number = excluded.last_number;
	insert into coverage (dataset_id, version_id, first_year, last_year, areas, categories)
	select one.dataset_id, one.id,
		min(substring(c ->> 'code' from '(?:19|20|21)\d\d')::integer) filter (where d ->> 'role' = 'time'),
		max(substring(c ->> 'code' from '(?:19|20|21)\d\d')::integer) filter (where d ->> 'role' = 'time'),
		coalesce(left(string_agg(c ->> 'label', E'\n') filter (where d ->> 'role' = 'area'), 100000), ''),
		coalesce(left(string_agg(c ->> 'label', E'\n') filter (where d ->> 'role' <> 'time'), 100000), '')
	from jsonb_array_elements(one.shape -> 'dimensions') d
	cross join lateral jsonb_array_elements(d -> 'categories') c
	on conflict (dataset_id) do update set version_id = excluded.version_id, first_year = excluded.first_year,
		last_year = excluded.last_year, areas = excluded.areas, categories = excluded.categories;
end $function$;

CREATE OR REPLACE FUNCTION queue_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	insert into event_outbox (event_id) values (new.id);
	return null;
end $function$;

CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	if tg_op = 'DELETE' and tg_table_name <> 'events' and current_setting('raadslag.forgets', true) = 'case' then
		return old;
	end if;
	raise exception '% rows are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION version_appears()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
	perform list_in_catalogue(new);
	return null;
end $function$;

CREATE TRIGGER annotation_attachments_are_theirs BEFORE DELETE OR UPDATE ON annotation_attachments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotation_edits_are_theirs BEFORE DELETE OR UPDATE ON annotation_edits FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotation_replies_are_theirs BEFORE DELETE OR UPDATE ON annotation_replies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotation_shares_are_theirs BEFORE DELETE OR UPDATE ON annotation_shares FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotation_states_are_theirs BEFORE DELETE OR UPDATE ON annotation_states FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotation_terms_never_move BEFORE DELETE OR UPDATE ON annotation_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annotations_are_theirs BEFORE DELETE OR UPDATE ON annotations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approvals_never_move BEFORE DELETE OR UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER brief_recognitions_before_never_move BEFORE DELETE OR UPDATE ON brief_recognitions_before FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER brief_reviews_before_never_move BEFORE DELETE OR UPDATE ON brief_reviews_before FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER budget_frames_never_move BEFORE DELETE OR UPDATE ON budget_frames FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER budget_proposals_never_move BEFORE DELETE OR UPDATE ON budget_proposals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_kinds_never_move BEFORE DELETE OR UPDATE ON case_kinds FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_states_never_move BEFORE DELETE OR UPDATE ON case_states FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER category_mapping_ends_never_move BEFORE DELETE OR UPDATE ON category_mapping_ends FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER category_mappings_never_move BEFORE DELETE OR UPDATE ON category_mappings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cell_blocks_never_move BEFORE DELETE OR UPDATE ON cell_blocks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cells_never_move INSTEAD OF INSERT OR DELETE OR UPDATE ON cells FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkins_are_theirs BEFORE DELETE OR UPDATE ON checkins FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER circulations_never_move BEFORE DELETE OR UPDATE ON circulations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cited_values_never_move BEFORE DELETE OR UPDATE ON cited_values FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conflict_verdicts_are_theirs BEFORE DELETE OR UPDATE ON conflict_verdicts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consequences_are_theirs BEFORE DELETE OR UPDATE OF option_id, about, what, department_id, effect, likelihood, assumption, told_by, amount_ore, yearly, from_year, to_year, funding, dataset_id, measure, direction, replaces, said_by, said_at ON consequences FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER counter_looks_never_move BEFORE DELETE OR UPDATE ON counter_looks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER coupling_answers_never_move BEFORE DELETE OR UPDATE ON coupling_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER coupling_parts_never_move BEFORE DELETE OR UPDATE ON coupling_parts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER couplings_never_move BEFORE DELETE OR UPDATE ON couplings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_evidence_never_moves BEFORE DELETE OR UPDATE ON decision_evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decisions_never_move BEFORE DELETE OR UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER derived_measure_ends_never_move BEFORE DELETE OR UPDATE ON derived_measure_ends FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER derived_measures_never_move BEFORE DELETE OR UPDATE ON derived_measures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_keeps_never_move BEFORE DELETE OR UPDATE ON document_keeps FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_restores_never_move BEFORE DELETE OR UPDATE ON document_restores FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_queue AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION queue_event();
CREATE TRIGGER evidence_files_never_move BEFORE DELETE OR UPDATE ON evidence_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER figure_interpretations_are_theirs BEFORE DELETE OR UPDATE ON figure_interpretations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER goal_statuses_never_move BEFORE DELETE OR UPDATE ON goal_statuses FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hypotheses_are_theirs BEFORE DELETE OR UPDATE ON hypotheses FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER option_views_are_theirs BEFORE DELETE OR UPDATE ON option_views FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER outlines_never_move BEFORE DELETE OR UPDATE ON outlines FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_flags_never_move BEFORE DELETE OR UPDATE ON revision_flags FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER series_break_ends_never_move BEFORE DELETE OR UPDATE ON series_break_ends FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER series_breaks_never_move BEFORE DELETE OR UPDATE ON series_breaks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER status_overrides_are_theirs BEFORE DELETE OR UPDATE ON status_overrides FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER templates_never_move BEFORE DELETE OR UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER term_definitions_never_move BEFORE DELETE OR UPDATE ON term_definitions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER term_states_never_move BEFORE DELETE OR UPDATE ON term_states FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER terms_never_move BEFORE DELETE OR UPDATE ON terms FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER versions_appear AFTER INSERT ON versions FOR EACH ROW EXECUTE FUNCTION version_appears();
CREATE TRIGGER versions_never_move BEFORE DELETE OR UPDATE ON versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER written_answers_are_theirs BEFORE DELETE OR UPDATE ON written_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
