"""The site map: one address for one thing, by the glossary's nouns."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from xianfeng.web.attachments import arrived, attachment
from xianfeng.web.boundaries import boundaries
from xianfeng.web.desk.by_link import by_link
from xianfeng.web.language import language
from xianfeng.web.office.bulletin.briefings import briefing_file, briefing_sources, briefings
from xianfeng.web.office.commendations.commendations import commendations
from xianfeng.web.office.commendations.eligible import eligibility
from xianfeng.web.office.dashboard import dashboard, dashboards
from xianfeng.web.office.judgement import judgement
from xianfeng.web.office.scheme.differences import rules_changes
from xianfeng.web.office.scheme.file import rules_file
from xianfeng.web.office.scheme.rules import rules
from xianfeng.web.office.signals import told_signals
from xianfeng.web.office.upkeep.deliveries import deliveries
from xianfeng.web.office.upkeep.health import accept_clock, health
from xianfeng.web.office.upkeep.reads import reads
from xianfeng.web.offline import manifest, offline, worker
from xianfeng.web.papers import FILES
from xianfeng.web.public.bulletin import bulletin, bulletin_file, bulletins, source_sheet
from xianfeng.web.public.bulletin_feed import bulletin_feed
from xianfeng.web.public.burden import burden
from xianfeng.web.public.campaign import campaign
from xianfeng.web.public.certificate import certificate_file
from xianfeng.web.public.commended import commended
from xianfeng.web.public.comments import comments
from xianfeng.web.public.evaluation import evaluation_result
from xianfeng.web.public.evaluation_files import evaluation_file
from xianfeng.web.public.evaluation_slip import evaluation_slip
from xianfeng.web.public.feed import feed
from xianfeng.web.public.figure import figure
from xianfeng.web.public.graded import graded
from xianfeng.web.public.home import home
from xianfeng.web.public.inspections.inspection import inspection, inspection_outcome, public_inspections
from xianfeng.web.public.notice import notice
from xianfeng.web.public.open_data import open_data, open_data_file
from xianfeng.web.public.order import order_file
from xianfeng.web.public.organisation import organisation
from xianfeng.web.public.promise import promise
from xianfeng.web.public.promises import promises
from xianfeng.web.public.proof import record_proof
from xianfeng.web.public.receipt import receipt
from xianfeng.web.public.record import record
from xianfeng.web.public.verify import verify_page
from xianfeng.web.search import picks
from xianfeng.web.search.search import search


class Paper(StringConverter):
    """The forms in which a bulletin can be had as a file."""

    regex = "|".join(FILES)


register_converter(Paper, "paper")

handler400 = "xianfeng.web.errors.bad_request"
handler403 = "xianfeng.web.errors.forbidden"
handler404 = "xianfeng.web.errors.not_found"
handler500 = "xianfeng.web.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("schemes/<slug:name>", campaign, name="campaign"),
    path("schemes/<slug:name>/rules", rules, name="rules"),
    path("schemes/<slug:name>/rules/file", rules_file, name="rules_file"),
    path("schemes/<slug:name>/rules/changes", rules_changes, name="rules_changes"),
    path("schemes/<slug:name>/bulletins", bulletins, name="bulletins"),
    path("schemes/<slug:name>/bulletins.atom", bulletin_feed, name="bulletin_feed"),
    path("schemes/<slug:name>/bulletins/<slug:bulletin>", bulletin, name="bulletin"),
    path("schemes/<slug:name>/bulletins/<slug:bulletin>/file.<paper:suffix>", bulletin_file, name="bulletin_file"),
    path("schemes/<slug:name>/bulletins/<slug:bulletin>/sources.<paper:suffix>", source_sheet, name="source_sheet"),
    path("schemes/<slug:name>/gradings/<str:grading>", graded, name="graded"),
    path("schemes/<slug:name>/commendations/<str:commendation>", commended, name="commended"),
    path("schemes/<slug:name>/data", open_data, name="open_data"),
    path("schemes/<slug:name>/data/<str:file>", open_data_file, name="open_data_file"),
    path("figures/<slug:name>/<slug:measure>", figure, name="figure"),
    path("figures/<slug:name>/<slug:measure>/<slug:code>", figure, name="figure_at"),
    path("records/<int:number>", record, name="record"),
    path("records/<int:number>/proof", record_proof, name="record_proof"),
    path("records/<int:number>/order.<paper:suffix>", order_file, name="order_file"),
    path("records/<int:number>/certificate.<paper:suffix>", certificate_file, name="certificate_file"),
    path("attachments/arrived/<str:receipt>", arrived, name="arrived"),
    path("attachments/<int:number>/<slug:sha256>/<str:name>", attachment, name="attachment"),
    path("organisations/<slug:code>", organisation, name="organisation"),
    path("organisations/<slug:code>/notice", notice, name="notice"),
    path("promises", promises, name="promises"),
    path("promises/<int:number>", promise, name="promise"),
    path("evaluations/<int:number>", evaluation_result, name="evaluation_result"),
    path("evaluations/<int:number>/<int:electorate>", evaluation_slip, name="evaluation_slip"),
    path("evaluations/<int:number>/<int:electorate>/<str:file>", evaluation_file, name="evaluation_file"),
    path("matters/", include("xianfeng.web.public.matters.urls")),
    path("inspections/", public_inspections, name="public_inspections"),
    path("inspections/<int:number>", inspection, name="inspection"),
    path("inspections/<int:number>/outcome.json", inspection_outcome, name="inspection_outcome"),
    path("comments/<slug:name>/<slug:sort>/<slug:key>", comments, name="comments"),
    path("burden/<slug:name>/<slug:kind>", burden, name="burden"),
    path("calendar/<str:token>.ics", feed, name="feed"),
    path("receipts/<str:code>", receipt, name="receipt"),
    path("verify", verify_page, name="verify"),
    path("boundaries/<slug:code>.json", boundaries, name="boundaries"),
    path("account/", include("xianfeng.web.account.urls")),
    path("language", language, name="language"),
    path("search", search, name="search"),
    path("pick/organisations", picks.organisations, name="pick_organisations"),
    path("pick/people", picks.persons, name="pick_people"),
    path("pick/records", picks.records, name="pick_records"),
    path("desk/offline", offline, name="offline"),
    path("desk/worker.js", worker, name="worker"),
    path("desk/manifest.webmanifest", manifest, name="manifest"),
    path("desk/", include("xianfeng.web.desk.urls")),
    path("l/<str:token>", by_link, name="by_link"),
    path("office/", include("xianfeng.web.office.voice.urls")),
    path("office/", include("xianfeng.web.office.scheme.urls")),
    path("office/bulletins/", include("xianfeng.web.office.bulletin.urls")),
    path("office/briefings", briefings, name="briefings"),
    path("office/briefings/file.<paper:suffix>", briefing_file, name="briefing_file"),
    path("office/briefings/sources.<paper:suffix>", briefing_sources, name="briefing_sources"),
    path("office/dashboard", dashboards, name="dashboards"),
    path("office/registry/imports/", include("xianfeng.web.office.imports.urls")),
    path("office/arrears/", include("xianfeng.web.office.arrears.urls")),
    path("office/judgement/", judgement, name="judgement"),
    path("office/judgement/evaluations/", include("xianfeng.web.office.evaluations.urls")),
    path("office/judgement/inspections/", include("xianfeng.web.office.inspections.urls")),
    path("office/judgement/gradings/", include("xianfeng.web.office.gradings.urls")),
    path("office/judgement/signals/", told_signals, name="told_signals"),
    path("office/judgement/commendations/", commendations, name="commendations"),
    path("office/judgement/commendations/<slug:name>/<str:commendation>", eligibility, name="commendation_eligible"),
    path("office/plans/", include("xianfeng.web.office.plans.urls")),
    path("office/calendar/", include("xianfeng.web.office.calendar.urls")),
    path("office/registry/", include("xianfeng.web.office.registry.urls")),
    path("office/reads", reads, name="personal_reads"),
    path("office/deliveries", deliveries, name="deliveries"),
    path("office/health", health, name="health"),
    path("office/health/clock", accept_clock, name="accept_clock"),
    path("office/accounts/", include("xianfeng.web.office.accounts.urls")),
    path(
        "office/<slug:name>/", dashboard, name="dashboard"
    ),  # behind the office's other pages: a campaign's name is any
]
