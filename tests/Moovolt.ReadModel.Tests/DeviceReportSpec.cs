using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.DeviceModels;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What people see of reports that break off, and how the clock looks after them.</summary>
[Collection(BackendsCollection.Name)]
public sealed class DeviceReportSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly DateTimeOffset Noon = Stage.Noon;

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_report_that_is_silent_is_looked_at_and_what_came_of_it_is_shown_with_the_reason(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AskAsync(stage, 1);
        await TellAsync(stage, 1, 0, isLast: false);
        Assert.Equal("1: 1 parts", await ShownAsync(stage));
        Assert.Empty(await DueAsync(stage, Noon));
        Assert.Equal(["report-silent 1"], await DueAsync(stage, Noon.AddHours(1)));

        await stage.TellAsync(new WakeChargePoint(Id, "report-silent 1", Noon.AddHours(1)));
        var (broken, again) = (await ReportAsync(stage, 1), await ReportAsync(stage, 2));
        Assert.Equal((2L, 1L, false), (broken.AskedAs, broken.Parts, broken.Complete));
        Assert.Contains("1 parts had come", broken.Reason, StringComparison.Ordinal);
        Assert.Equal((1L, 0L, (string?)null), (again.Tries, again.Parts, again.Reason));
        Assert.Empty(await DueAsync(stage, Noon.AddHours(2)));

        await TellAsync(stage, 2, 0, isLast: true);
        Assert.Equal("2: 1 parts, complete; 1: 1 parts", await ShownAsync(stage));
        var variables = await new DeviceModelTable(stage.Stores.ReadModel).ListAsync(Id, null, null, 10, null, default);
        Assert.Single(variables.Items);
        Assert.Empty(await DueAsync(stage, Noon.AddHours(2)));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task A_report_that_was_given_up_and_comes_to_its_end_after_all_is_complete(Backend backend)
    {
        await using var stage = await OpenAsync(backend);
        await AskAsync(stage, 1);
        await TellAsync(stage, 1, 1, isLast: true);
        await stage.TellAsync(new WakeChargePoint(Id, "report-silent 1", Noon.AddHours(1)));
        await TellAsync(stage, 1, 0, isLast: false);

        var report = await ReportAsync(stage, 1);
        Assert.Equal((true, 2L, (string?)null), (report.Complete, report.Parts, report.Reason));
        Assert.Empty(await DueAsync(stage, Noon.AddHours(2)));
    }

    private async Task<Stage> OpenAsync(Backend backend)
    {
        var stage = await backends.OpenAsync(backend);
        await stage.TellAsync(new OpenSession(Id, "s1", 0, "ocpp2.0.1", "akka://a", 1, "10.0.0.1:5", 1, Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M"), Noon));
        return stage;
    }

    private static async Task AskAsync(Stage stage, int number)
    {
        await stage.TellAsync(new RequestStation(Id, $"r{number}", new ReadConfiguration([]), "ana", 30, null, Noon));
        await stage.TellAsync(new AnswerRequest(
            Id, 1, $"r{number}", new StationAnswer(RequestState.Accepted, "{}", Outcome: new ReportComing(number, IsWhole: true)), Noon));
    }

    private static Task<Reply?> TellAsync(Stage stage, int number, int part, bool isLast) => stage.TellAsync(new ReportModelPart(
        Id, 1, number, part, isLast, Noon,
        [new ModelVariable("EVSE", null, new ConnectorId(1, 0), $"V{part}", null, [new ModelAttribute("Actual", "1", "ReadOnly")])],
        Noon));

    private static async Task<DeviceReportRow> ReportAsync(Stage stage, int number) =>
        (await ReportsAsync(stage)).Single(row => row.Number == number);

    private static async Task<IReadOnlyList<DeviceReportRow>> ReportsAsync(Stage stage) =>
        (await new DeviceModelTable(stage.Stores.ReadModel).ReportsAsync(Id, 10, null, default)).Items;

    private static async Task<string> ShownAsync(Stage stage) => string.Join(
        "; ", (await ReportsAsync(stage)).Select(row => $"{row.Number}: {row.Parts} parts{(row.Complete ? ", complete" : "")}"));

    private static async Task<IEnumerable<string>> DueAsync(Stage stage, DateTimeOffset at) =>
        (await stage.Due.ListAsync(at, 100, null, default))
        .Where(row => row.Reason.StartsWith(BrokenReports.DueReason, StringComparison.Ordinal)).Select(row => row.Reason);
}
