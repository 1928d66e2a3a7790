using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>Updates and uploads take hours: what the charger says on the way, and how the command ends.</summary>
public sealed class StationJobSpec
{
    private const string Here = "https://files.example/1";

    private readonly World _world = new();

    public StationJobSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void An_update_is_effective_when_it_is_installed()
    {
        Wish("r-1", new UpdateFirmware(Here, Noon));
        Answer("r-1", new JobTaken(StationJobKind.Firmware, null, Here));
        Report(StationJobKind.Firmware, "Downloading");
        Report(StationJobKind.Firmware, "Downloaded");
        Report(StationJobKind.Firmware, "Installing");
        Assert.Equal(RequestState.Accepted, Standing("r-1").State);

        Report(StationJobKind.Firmware, "Installed");

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
        Assert.All(_world.Stored<JobProgressed>(), step => Assert.Equal("r-1", step.JobId));
    }

    [Fact]
    public void A_failure_ends_the_command_at_once_in_the_chargers_word()
    {
        Wish("r-1", new UploadDiagnostics(Here));
        Answer("r-1", new JobTaken(StationJobKind.Diagnostics, null, Here, "d.zip"));
        Report(StationJobKind.Diagnostics, "UploadFailed");

        Assert.Equal(RequestState.NoEffect, Standing("r-1").State);
        Assert.Contains("UploadFailed", Standing("r-1").Answer!.ErrorDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_overtakes_the_answer_belongs_to_the_command()
    {
        Wish("r-1", new UploadLog(17, Security: true, Here));
        Report(StationJobKind.Log, "Uploading", 17);
        Report(StationJobKind.Log, "UploadFailure", 17);
        Answer("r-1", new JobTaken(StationJobKind.Log, 17, Here));

        Assert.All(_world.Stored<JobProgressed>(), step => Assert.Equal("r-1", step.JobId));
        Assert.Equal(RequestState.NoEffect, Standing("r-1").State);
    }

    [Fact]
    public void A_status_that_is_said_every_second_is_journaled_once()
    {
        for (var i = 0; i < 100; i++) Report(StationJobKind.Diagnostics, "Uploading");

        Assert.Single(_world.Stored<JobProgressed>());
    }

    [Fact]
    public void What_nobody_here_asked_for_is_kept_all_the_same()
    {
        Report(StationJobKind.Firmware, "Installed");

        Assert.StartsWith("unasked-", Assert.Single(_world.Stored<JobProgressed>()).JobId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_update_does_not_inherit_the_end_of_the_one_before()
    {
        Wish("r-1", new UpdateFirmware(Here, Noon));
        Answer("r-1", new JobTaken(StationJobKind.Firmware, null, Here));
        Report(StationJobKind.Firmware, "Installed");
        Wish("r-2", new UpdateFirmware(Here, Noon));
        Answer("r-2", new JobTaken(StationJobKind.Firmware, null, Here));
        Assert.Equal(RequestState.Accepted, Standing("r-2").State);

        Report(StationJobKind.Firmware, "Installed");

        Assert.Equal(RequestState.Effective, Standing("r-2").State);
    }

    [Fact]
    public void A_security_event_that_is_repeated_is_kept_once()
    {
        var tampered = new ReportSecurityEvent(Cp1, 1, "TamperDetectionActivated", Noon, "lid", Noon);
        _world.Send(tampered);
        Assert.IsType<Reply.Repeated>(_world.Send(tampered with { At = Noon.AddMinutes(1) }));
        _world.Send(tampered with { ChargerAt = Noon.AddMinutes(1) });

        Assert.Equal(2, _world.Stored<SecurityEventReported>().Length);
        Assert.All(_world.Stored<SecurityEventReported>(), reported => Assert.True(reported.IsCritical));
    }

    [Fact]
    public void A_certificate_that_is_asked_for_twice_is_one_request_until_it_is_refused()
    {
        var asked = new RequestCertificate(Cp1, 1, "PEM", "abc", Noon);
        _world.Send(asked);
        _world.Send(asked);
        Assert.Single(_world.Stored<CertificateRequested>());

        _world.Send(new RefuseCertificate(Cp1, "abc", "Its key is too short.", Noon));
        _world.Send(asked);
        Assert.Equal(2, _world.Stored<CertificateRequested>().Length);
    }

    [Fact]
    public void A_certificate_that_did_not_reach_its_charger_may_be_asked_for_again_and_one_that_did_after_a_day()
    {
        var asked = new RequestCertificate(Cp1, 1, "PEM", "abc", Noon);
        _world.Send(asked);
        Wish("r-1", new SendCertificate("CHAIN", "abc"));
        _world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Rejected), Noon));
        Assert.IsType<Reply.Accepted>(_world.Send(asked));

        Wish("r-2", new SendCertificate("CHAIN", "abc"));
        _world.Send(new AnswerRequest(Cp1, 1, "r-2", new StationAnswer(RequestState.Accepted), Noon));
        Assert.IsType<Reply.Repeated>(_world.Send(asked with { At = Noon.AddHours(23) }));
        Assert.IsType<Reply.Repeated>(_world.Send(new RefuseCertificate(Cp1, "abc", "Too late.", Noon)));
        Assert.IsType<Reply.Accepted>(_world.Send(asked with { At = Noon.AddHours(25) }));
    }

    [Fact]
    public void A_charger_that_does_not_know_one_trigger_is_asked_with_the_other()
    {
        Wish("r-1", new Trigger(TriggeredMessage.Status, null));
        _world.Send(new AnswerRequest(
            Cp1, 1, "r-1", new StationAnswer(RequestState.Rejected) { Outcome = new NotKnownThere() }, Noon));

        var second = Assert.IsType<CallStation>(_world.Deliveries[^1]);
        Assert.Equal(new Trigger(TriggeredMessage.Status, null, TheOtherWay: true), second.Request);
        Assert.Equal("moovolt", _world.Stored<StationRequested>()[^1].RequestedBy);
    }

    private void Wish(string id, StationRequest wish) =>
        Assert.IsType<RequestStanding>(_world.Send(new RequestStation(Cp1, id, wish, "maria", 30, null, Noon)));

    private void Answer(string id, Outcome outcome) =>
        _world.Send(new AnswerRequest(Cp1, 1, id, new StationAnswer(RequestState.Accepted) { Outcome = outcome }, Noon));

    private void Report(StationJobKind kind, string status, int? number = null) =>
        _world.Send(new ReportJob(Cp1, 1, kind, number, status, Noon));

    private TrackedRequest Standing(string id) => ((RequestStanding)_world.Send(new FindRequest(Cp1, id))!).Request;
}
