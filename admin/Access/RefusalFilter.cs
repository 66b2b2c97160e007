using HealthEquity.Directory.Entries;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HealthEquity.Admin.Access;

/// <summary>Turns an unhandled refusal into a 404 or 409 response with the reason.</summary>
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
