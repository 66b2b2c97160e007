using HealthEquity.Directory.Entries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HealthEquity.Admin.Access;

/// <summary>A refusal that no page took care of is shown as what it is: "there is no such thing", or the reason.</summary>
internal sealed class RefusalFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is RefusedException refused)
        {
            context.HttpContext.Items[typeof(RefusedException)] = refused.Message;
            context.Result = new StatusCodeResult(refused is NotFoundException ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
        }
    }
}
