using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class InquirySpec
{
    [Fact]
    public void The_same_question_with_the_same_answer_is_stored_once_in_ten_minutes()
    {
        var world = new World();
        foreach (var minute in new[] { 0, 1, 9, 11 }) world.Send(Asked("Accepted", minute));
        world.Send(Asked("Rejected", 12));
        Assert.Equal(["Accepted", "Accepted", "Rejected"], world.Stored<InquiryAnswered>().Select(e => e.Status));
    }

    [Fact]
    public void What_is_kept_of_a_question_is_bounded()
    {
        var world = new World();
        world.Send(Asked("Accepted", 0) with { Subject = new string('x', 10_000), Detail = new string('y', 10_000) });
        var kept = Assert.Single(world.Stored<InquiryAnswered>());
        Assert.Equal((Inquiries.LongestText, Inquiries.LongestText), (kept.Subject.Length, kept.Detail!.Length));
    }

    // The second is the example of the Receita Federal for numbers with letters.
    [Theory]
    [InlineData("11.222.333/0001-81", true)]
    [InlineData("12.ABC.345/01DE-35", true)]
    [InlineData("11222333000181", true)]
    [InlineData("11222333000182", false)]
    [InlineData("00000000000000", false)]
    [InlineData("DE136695976", true)]
    [InlineData("PT 501 964 843", true)]
    [InlineData("DE", false)]
    [InlineData("XX136695976", false)]
    [InlineData("", false)]
    public void A_number_of_a_company_is_known_by_its_form(string number, bool isOne) =>
        Assert.Equal(isOne, VatNumbers.IsWellFormed(number));

    private static RecordInquiry Asked(string status, int minute) =>
        new(Cp1, 1, InquiryKind.VatNumber, "11222333000181", status, "moovolt", null, Noon.AddMinutes(minute));
}
